"""The month for a browser: numba's own code of it, turned into one WebAssembly module.

numba writes code for this machine, with pointers of 8 bytes; every browser, Safari too, runs WebAssembly with pointers of 4.
So the arguments stay as numba has them, and each pointer in memory keeps its 8 bytes, of which 4 are used. What cannot be
turned is an error in words, never a wrong number; the tests compare every array with a run on this machine.

Run by `page.module` in a process of its own: the kind of processor has to be named before numba is loaded.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import llvmlite.binding as llvm
import numba
import numpy as np

from simulation import program, ties
from simulation.allocate import allocate, lay_out
from simulation.draws import fill
from simulation.outcomes import groups_of
from simulation.outcomes.counting import at_moment, take, take_moment
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.leave import odds_of_leaving
from simulation.steps.who_is_there import take_turns

TRIPLE = "wasm32-unknown-unknown"
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
STACK = 1 << 20  # bytes
# What the page gives: room for arrays that a step makes, and their end.
GIVEN = {"NRT_MemInfo_alloc_aligned", "NRT_MemInfo_new_varsize_dtor", "NRT_MemInfo_call_dtor"}
# What a browser's machine has no instruction for, or under another name.
RUNTIME = f"""
target datalayout = "{LAYOUT}"
target triple = "{TRIPLE}"

define i8 @less_by(ptr %at, i64 %by, i32 %ignored) {{
  %before = load i64, ptr %at
  %after = sub i64 %before, %by
  store i64 %after, ptr %at
  %none = icmp eq i64 %after, 0
  %answer = zext i1 %none to i8
  ret i8 %answer
}}

declare double @llvm.sqrt.f64(double)
define double @sqrt(double %x) {{
  %root = call double @llvm.sqrt.f64(double %x)
  ret double %root
}}

; the 128 bits of a product; numba asks for them to learn whether a size is too large for 64
define void @__multi3(ptr %out, i64 %a, i64 %a_high, i64 %b, i64 %b_high) {{
  %a0 = and i64 %a, 4294967295
  %a1 = lshr i64 %a, 32
  %b0 = and i64 %b, 4294967295
  %b1 = lshr i64 %b, 32
  %p00 = mul i64 %a0, %b0
  %p01 = mul i64 %a0, %b1
  %p10 = mul i64 %a1, %b0
  %p11 = mul i64 %a1, %b1
  %up = lshr i64 %p00, 32
  %p01_low = and i64 %p01, 4294967295
  %p10_low = and i64 %p10, 4294967295
  %middle_part = add i64 %up, %p01_low
  %middle = add i64 %middle_part, %p10_low
  %low_part = and i64 %p00, 4294967295
  %low_rest = shl i64 %middle, 32
  %low = or i64 %low_part, %low_rest
  %h0 = lshr i64 %middle, 32
  %h1 = lshr i64 %p01, 32
  %h2 = lshr i64 %p10, 32
  %s0 = add i64 %p11, %h0
  %s1 = add i64 %s0, %h1
  %s2 = add i64 %s1, %h2
  %x1 = mul i64 %a, %b_high
  %x2 = mul i64 %a_high, %b
  %s3 = add i64 %s2, %x1
  %high = add i64 %s3, %x2
  store i64 %low, ptr %out
  %second = getelementptr i8, ptr %out, i64 8
  store i64 %high, ptr %second
  ret void
}}
"""


class Unfit(Exception):
    """The code has something that cannot be turned; the message says what."""


class Compiled(NamedTuple):
    """numba's code of one function: its text, and the name of the function in it."""

    text: str
    name: str


def exported() -> dict[str, tuple[Callable, tuple]]:
    """Give what a page calls, by the name under which it does, each with arguments of the kinds that it takes."""
    world, policy = World(name="page"), Policy()
    layout = lay_out(world, policy, 1)
    state = allocate(layout, 1, True)
    sums = at_moment(state, layout.setting, 0, len(groups_of(world)))
    counts = np.zeros((1, 1))
    return {
        "fill": (fill, (state.streams, 0)),
        "take_turns": (take_turns, (state.units, state.streams)),
        "advance": (program.advance, (state, layout.setting, layout.plan, 0, 1, False)),
        "finish_records": (ties.finish_records, (state, 0)),
        "lose_tie": (ties.lose_tie, (state, 0, 0, 0)),
        "odds_of_leaving": (odds_of_leaving, (state, layout.setting, 0, 0)),
        "take_moment": (take_moment, (state, layout.setting, 0, *sums)),
        "take": (take, (state, layout.setting, 1, counts, counts, *sums)),
    }


def compiled(function: Callable, arguments: tuple) -> Compiled:
    """Compile a function as numba does for runs, without what only Python needs of it."""
    again = numba.njit(error_model="numpy", nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(
        function.py_func
    )
    again.compile(tuple(map(numba.typeof, arguments)))
    result = again.overloads[again.signatures[0]]
    return Compiled(result.library.get_llvm_str(), result.fndesc.mangled_name)


def size_of(kind: str) -> int:
    """Give the bytes that a type of LLVM's takes where pointers have 8 bytes, as on the machine that numba wrote for."""
    size, _, rest = _size_and_align(kind.strip())
    if rest:
        raise Unfit(f"the type {kind!r} is not understood")
    return size


def _size_and_align(text: str) -> tuple[int, int, str]:
    """Read one type from the start of a text: its size, its alignment, and what comes behind it."""
    if simple := re.match(r"ptr|double|float|i(\d+)", text):
        size = {"ptr": 8, "double": 8, "float": 4}.get(simple[0]) or max(1, int(simple[1]) // 8)
        return size, size, text[simple.end() :].lstrip()
    if array := re.match(r"\[(\d+) x ", text):
        size, align, rest = _size_and_align(text[array.end() :])
        if rest.startswith("]"):
            return int(array[1]) * size, align, rest[1:].lstrip()
    if text.startswith("{"):
        total, widest, rest = 0, 1, text[1:].lstrip()
        while True:
            size, align, rest = _size_and_align(rest)
            total, widest = -(-total // align) * align + size, max(widest, align)
            if not rest.startswith(","):
                break
            rest = rest[1:].lstrip()
        if rest.startswith("}"):
            return -(-total // widest) * widest, widest, rest[1:].lstrip()
    raise Unfit(f"the type {text!r} is not understood")


MOVES = re.compile(r"\b(getelementptr|load|store)((?: [a-z]+)*?) \(?(ptr\b|i\d+|double|float|[\[{<].*)")


def check_moves(text: str) -> None:
    """Refuse code that computes a place from the size of pointers, or moves several at once: both would count 4 bytes each."""
    for move, _, rest in MOVES.findall(text):
        kind = first_type(rest)
        if re.search(r"\bptr\b", kind) and (move == "getelementptr" or kind != "ptr"):
            raise Unfit(f"a {move} counts the size of pointers: {kind}")


def first_type(text: str) -> str:
    """Give the type at the start of a text, up to the comma or the space behind it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "[{<") - (sign in "]}>")
        if depth == 0 and sign in ", ":
            return text[:place]
    return text


def turned(text: str) -> str:
    """Turn the text of numba's code into one for 32 bits; what is stored keeps its place."""
    check_moves(text)
    text = re.sub(r"(?m)^target datalayout = .*$", f'target datalayout = "{LAYOUT}"', text)
    text = re.sub(r"(?m)^target triple = .*$", f'target triple = "{TRIPLE}"', text)
    text = re.sub(r'"(?:target-cpu|target-features|tune-cpu|probe-stack)"="[^"]*"', "", text)
    text = text.replace("@llvm.x86.atomic.sub.cc.i64(ptr, i64, i32 immarg)", "@less_by(ptr, i64, i32)")
    text = text.replace("@llvm.x86.atomic.sub.cc.i64", "@less_by")
    return re.sub(r"= alloca ([^\n]*?\bptr\b[^\n]*?)(?=, align|\n)", _with_room, text)


def _with_room(alloca: re.Match) -> str:
    return f"= alloca [{size_of(alloca[1])} x i8]"


def machine() -> llvm.TargetMachine:
    """Give what writes code for browsers."""
    return llvm.Target.from_triple(TRIPLE).create_target_machine(opt=3, reloc="static", features=FEATURES)


def object_of(code: Compiled, name: str) -> bytes:
    """Write one function, under a short name, with all that it calls."""
    module = llvm.parse_assembly(turned(code.text))
    module.verify()
    for value in (*module.functions, *module.global_variables):
        if not value.is_declaration:
            value.linkage = "internal"
    function = module.get_function(code.name)
    function.linkage, function.name = "external", name
    writer = machine()
    passes = llvm.create_pass_builder(writer, llvm.create_pipeline_tuning_options(speed_level=2))
    passes.getModulePassManager().run(module, passes)
    return writer.emit_object(module)


def linked(objects: dict[str, bytes]) -> bytes:
    """Link objects into one module that keeps these names; what is missing and not given by the page is an error."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, content in objects.items():
            (place / f"{name}.o").write_bytes(content)
        (place / "given").write_text("\n".join(sorted(GIVEN)), encoding="utf-8")
        kept = [f"--export={name}" for name in (*objects, "__heap_base") if name != "runtime"]
        command = [sys.executable, "-m", "ziglang", "wasm-ld", "--no-entry", "--gc-sections", "--strip-all", *kept]
        command += [
            f"--allow-undefined-file={place / 'given'}",
            "-z",
            f"stack-size={STACK}",
            "-o",
            str(place / "month.wasm"),
        ]
        said = subprocess.run(
            [*command, *(str(place / f"{name}.o") for name in objects)], capture_output=True, text=True
        )
        if said.returncode:
            raise Unfit(f"the linker says: {said.stderr.strip()}")
        return (place / "month.wasm").read_bytes()


def built() -> bytes:
    """Compile, turn and link all that a page calls."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    objects = {name: object_of(compiled(*given), name) for name, given in exported().items()}
    runtime = machine().emit_object(llvm.parse_assembly(RUNTIME))
    return linked(objects | {"runtime": runtime})


if __name__ == "__main__":
    if numba.config.CPU_NAME != "generic":
        sys.exit("set NUMBA_CPU_NAME=generic, else numba writes for this very processor")
    try:
        Path(sys.argv[1]).write_bytes(built())
    except Unfit as problem:
        sys.exit(str(problem))
