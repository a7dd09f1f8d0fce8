"""`python -m openresponse`: the same command."""

import sys

from openresponse.cli import main

if __name__ == "__main__":
    sys.exit(main())
