"""`python -m face_match …` and, installed, `face-match …` and `face-match-gui …`."""

import sys

try:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word until a command has begun
except KeyboardInterrupt:
    sys.exit(130)


def main() -> int:
    """Run a command, the window where there is none, or a child process; returns the exit status."""
    from face_match.launch import program_for

    try:
        return program_for(sys.argv[1:])()
    except KeyboardInterrupt:  # before a command could say what it has done
        return 130


def window() -> int:
    """Open the window, with the photos that are named; returns the exit status."""
    from face_match.gui.start import open_window

    return open_window(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
