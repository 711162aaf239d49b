"""Turning numba's code: what keeps its place, and what is refused in words."""

import pytest

from simulation.page import retarget
from simulation.page.retarget import Unfit, check_moves, linked, machine, size_of, turned

HEAD = 'target datalayout = "e-m:e"\ntarget triple = "x86_64-unknown-linux-gnu"\n'
ARRAY = "{ ptr, ptr, i64, i64, ptr, [1 x i64], [1 x i64] }"  # what numba makes of an array with one axis


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("ptr", 8), ("i1", 1), ("i8", 1), ("double", 8), ("[3 x ptr]", 24), (ARRAY, 56), (f"[2 x {ARRAY}]", 112),
        ("{ i8, ptr }", 16), ("{ ptr, i8 }", 16), ("{ i8, i16, i32 }", 8), (f"{{ {ARRAY}, {ARRAY}, i64 }}", 120),
        ("{ i32, [3 x i8] }", 8), ("{ { i8, ptr }, i8 }", 24),
    ],
)  # fmt: skip
def test_a_type_takes_as_much_as_on_a_machine_of_64_bits(kind, size):
    assert size_of(kind) == size


@pytest.mark.parametrize("kind", ["%struct.List", "<2 x ptr>", "{ ptr", "ptr ptr", ""])
def test_a_type_that_is_not_understood_is_refused(kind):
    with pytest.raises(Unfit, match="not understood"):
        size_of(kind)


def test_only_places_for_pointers_are_widened():
    text = turned(
        f"{HEAD}  %a = alloca {ARRAY}, align 8\n  %b = alloca ptr, align 8\n  %c = alloca [4 x i64], align 8\n"
    )
    assert "%a = alloca [56 x i8], align 8" in text
    assert "%b = alloca [8 x i8], align 8" in text
    assert "%c = alloca [4 x i64], align 8" in text
    assert "wasm32" in text and "x86" not in text


@pytest.mark.parametrize(
    "line",
    [
        "%a = getelementptr inbounds { ptr, i64 }, ptr %x, i64 1", "%a = getelementptr ptr, ptr %x, i64 %i",
        "%a = load { ptr, ptr }, ptr %x", "store [2 x { i64, ptr }] %v, ptr %x", "%a = load <2 x ptr>, ptr %x",
        "%a = getelementptr inbounds nuw ([2 x ptr], ptr @table, i64 0, i64 1)",
    ],
)  # fmt: skip
def test_what_counts_the_size_of_pointers_is_refused(line):
    with pytest.raises(Unfit, match="size of pointers"):
        check_moves(f"  {line}\n")


def test_what_counts_no_pointer_passes():
    lines = ("%a = getelementptr inbounds { i64, i64 }, ptr %x, i64 1", "%a = load ptr, ptr %x", "store ptr %v, ptr %x, align 8",
             "%a = getelementptr [408 x i8], ptr %x, i64 %i", "store <2 x double> %v, ptr %x", "store { i64, double } %v, ptr %x")  # fmt: skip
    check_moves("".join(f"  {line}\n" for line in lines))


def object_that_calls(missing):
    text = f'target datalayout = "{retarget.LAYOUT}"\ntarget triple = "{retarget.TRIPLE}"\n'
    text += f"declare double @{missing}(double)\ndefine double @begin(double %x) {{\n  %y = call double @{missing}(double %x)\n  ret double %y\n}}\n"
    retarget.llvm.initialize_all_targets()
    retarget.llvm.initialize_all_asmprinters()
    return machine().emit_object(retarget.llvm.parse_assembly(text))


def test_what_is_missing_is_an_error_in_words():
    pytest.importorskip("ziglang", reason="the month is linked by ziglang, which is not installed")
    with pytest.raises(Unfit, match="undefined symbol: exp2"):
        linked({"begin": object_that_calls("exp2")})
    assert linked({"begin": object_that_calls("NRT_MemInfo_call_dtor")})[:4] == b"\0asm"
