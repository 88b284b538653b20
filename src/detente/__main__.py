"""`python -m detente` is `detente`."""

from detente.apps.cli import main

if __name__ == "__main__":
    main()
