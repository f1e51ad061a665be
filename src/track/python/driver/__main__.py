"""Starts the driver: `python DRIVER` finds this file beside the package, and nothing else of the folder."""

from katas_driver.main import main

main()
