"""python -m commentary."""

from commentary.cli import main

if __name__ == "__main__":
    main()
