"""The command line: parses arguments and runs one command, whose exit status says how it went."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from face_match.cli.interrupts import EXIT_INTERRUPTED, interruptible
from face_match.cli.opening import located
from face_match.cli.output import Output, UnwritableError, complain, flush, log_to_terminal
from face_match.cli.parser import COMMANDS, command_parser
from face_match.core.errors import CancelledError, FaceMatchError

EXIT_DONE, EXIT_FAILED, EXIT_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    log_to_terminal()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name must not fail on a terminal that lacks a letter
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:] if arguments is None else [*arguments]
    asked = words[0] if words and words[0] in COMMANDS else None
    options = command_parser(asked).parse_args(words)
    output = Output(options.json)
    try:
        _run(options, output)
        flush()
    except BrokenPipeError:  # of standard error
        return EXIT_FAILED
    except UnwritableError as exc:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is written on exit
        if exc.has_reader:
            complain(f"The output could not be written ({exc}). Whatever the command has done stays done.")
        return EXIT_FAILED
    if output.is_interrupted:
        return EXIT_INTERRUPTED
    return EXIT_FAILED if output.has_failed else EXIT_DONE


def _run(options: argparse.Namespace, output: Output) -> None:
    try:
        with interruptible():
            options.gallery = located(options.gallery, must_be_there=options.needs_gallery)
            options.run(options, output)
    except KeyboardInterrupt:
        output.is_interrupted = True
        output.document["error"] = output.failure(CancelledError())
    except FaceMatchError as exc:
        output.document["error"] = output.failure(exc)
    if options.json:
        output.print_document()


def command_of(arguments: Sequence[str]) -> list[str] | None:
    """The arguments with the command first, where there is one; else they are the window's."""
    if set(arguments) & {"-h", "--help", "--version"}:
        return list(arguments)
    for index, word in enumerate(arguments):
        if word in COMMANDS and (index == 0 or arguments[0].startswith("--")):
            return [word, *arguments[:index], *arguments[index + 1 :]]
    return None
