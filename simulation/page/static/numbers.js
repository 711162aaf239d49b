/** How numbers lie in memory: how each kind is read and written, the arrays that hold it, and bytes written as text. */

/** The bytes that a text holds in base64. */
export const bytesIn = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

export const READ = {
  i1: "getInt8", u1: "getUint8", i2: "getInt16", i4: "getInt32", i8: "getBigInt64", u8: "getBigUint64",
  f4: "getFloat32", f8: "getFloat64",
};
export const WRITE = {
  i1: "setInt8", u1: "setUint8", i2: "setInt16", i4: "setInt32", i8: "setBigInt64", u8: "setBigUint64",
  f4: "setFloat32", f8: "setFloat64",
};
export const ARRAYS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, i4: Int32Array, i8: Float64Array, u8: BigUint64Array,
  f4: Float32Array, f8: Float64Array,
};
