"""`python -m kamerton` is `kamerton`."""

import sys

from kamerton.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
