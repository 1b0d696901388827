from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "gezhi.assembly"
    label = "assembly"

    def ready(self) -> None:
        from gezhi.assembly.wiring import connect

        connect()
