"""`python -m tests.regression` renews the baseline: a deliberate act, told in CHANGELOG.md."""

from tests.regression.baseline import FILE, measured, written

if __name__ == "__main__":
    FILE.write_text(written(measured()), encoding="utf-8")
    print(f"The baseline is renewed: {FILE}. Say in CHANGELOG.md what changed and why.")
