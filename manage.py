#!/usr/bin/env python
"""Command line of the register: `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    from django.core.management import execute_from_command_line

    from zsbank.folders import prepare

    prepare()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
