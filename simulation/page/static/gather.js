/** Numbers that lie so many bytes apart, side by side: the one place where a page reads whole columns. */

// A loop for each width: a browser makes a loop fast only where it sees one kind of array.
const GATHER = {
  1: (all, i, step, to) => { for (let k = 0; k < to.length; k++, i += step) to[k] = all[i]; },
  2: (all, i, step, to) => { for (let k = 0; k < to.length; k++, i += step) to[k] = all[i]; },
  4: (all, i, step, to) => { for (let k = 0; k < to.length; k++, i += step) to[k] = all[i]; },
  8: (all, i, step, to) => { for (let k = 0; k < to.length; k++, i += step) to[k] = all[i]; },
};
const BITS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array };

/** Fill an array from bytes that begin at `from` and are `size` apart; both are multiples of the width of a number. */
export const gatherInto = (found, buffer, from, size) => {
  const width = found.BYTES_PER_ELEMENT;
  GATHER[width](new BITS[width](buffer), from / width, size / width, new BITS[width](found.buffer));
};
