"""Addresses of the demo."""

from django.urls import path

from burgertop.web.demo import views

app_name = "demo"

urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("tour/", views.tour, name="tour"),
]
