"""Where people sign in and out."""

from django.urls import path

from auth_gateway import views

app_name = "auth_gateway"

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign_out"),
]
