"""Where people sign in and out."""

from django.urls import path

from auth_gateway import openid, views

app_name = "auth_gateway"

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("openid/", openid.StartView.as_view(), name="openid"),
    path("openid/callback/", openid.CallbackView.as_view(), name="openid_callback"),
    path("language/", views.pick_language, name="pick_language"),
    path("sign-out/", views.SignOutView.as_view(), name="sign_out"),
]
