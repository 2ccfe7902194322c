"""The golden mails: `python -m tests.messages.golden` says what differs, with --again it writes.

Read what differs before you commit it, as the duty officer who gets it at two in the morning.
"""

from __future__ import annotations

import sys

from tests.messages.golden.files import FOLDER, differences, written

if __name__ == "__main__":
    if sys.argv[1:] == ["--again"]:
        FOLDER.mkdir(exist_ok=True)
        for file in FOLDER.glob("*.*"):
            file.unlink()
        for name, content in written().items():
            (FOLDER / name).write_text(content, encoding="utf-8")
    for difference in differences():
        print(difference)
