"""Maud's practice in an installation of its own, made in a process of its own."""

import subprocess
import sys

from tests.cast import PASSWORD
from tests.installation import environment

MAKE = """
from rendezvous.site.serve import start_django
start_django()
from rendezvous.practice.setting_up import set_up
set_up("Maud Estève", "maud@esteve.example", {password!r})
"""


def set_up_in(folder):
    subprocess.run([sys.executable, "-c", MAKE.format(password=PASSWORD)], env=environment(folder), check=True)
