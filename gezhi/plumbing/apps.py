from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "gezhi.plumbing"
    label = "plumbing"
    verbose_name = "底座"
