"""Starts the driver: `python DRIVER` finds this file next to the package."""

import sys

if sys.argv[1:] == ["host"]:
    from katas_driver.host import serve

    serve()
elif sys.argv[1:] == ["fill"]:
    from katas_driver.fill import fill

    fill()
else:
    from katas_driver.main import main

    main()
