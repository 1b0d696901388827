"""What the web server calls. Also run inside the server's own worker processes."""

from __future__ import annotations

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from gezhi.plumbing.process_ties import end_with_parent

_parent = multiprocessing.parent_process()
if _parent is not None:
    end_with_parent()
    if os.getppid() != _parent.pid:
        os._exit(1)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.assembly.settings")
_django = get_wsgi_application()

from gezhi.assembly.environment import web_limits  # noqa: E402
from gezhi.assembly.settings import ENVIRONMENT  # noqa: E402
from gezhi.plumbing.postgres.grants import come_as_serving  # noqa: E402
from gezhi.plumbing.postgres.limits import limit_this_process  # noqa: E402

come_as_serving()
limit_this_process(web_limits(ENVIRONMENT))

from gezhi.assembly import urls  # noqa: E402, F401 - a broken address table ends the start, not the first request
from gezhi.assembly.faces import with_files  # noqa: E402 - needs Django set up
from gezhi.plumbing.database import make_ready  # noqa: E402
from gezhi.plumbing.versions import load_all  # noqa: E402

make_ready()
load_all()  # where the server forked this process, it has read them already
connections.close_all()  # that of this thread, which answers nobody
application = with_files(_django)
