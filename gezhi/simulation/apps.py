from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "gezhi.simulation"
    label = "simulation"
    verbose_name = "演示城市"
    default_auto_field = "django.db.models.BigAutoField"
