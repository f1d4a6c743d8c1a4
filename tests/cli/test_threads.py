"""Every command makes its sums on one processor."""

import subprocess
import sys


def test_sums_are_made_on_one_thread_whatever_the_surroundings_say() -> None:
    program = (
        "import burgertop.cli.main, os, sys\n"
        "print([os.environ[f'{name}_NUM_THREADS'] for name in ('OPENBLAS', 'OMP', 'MKL')], 'numpy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"OPENBLAS_NUM_THREADS": "4"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout == "['1', '1', '1'] False\n"
