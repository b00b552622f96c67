from django import forms

from conferences.models import Room


class RoomForm(forms.ModelForm):
    """What a subscriber decides about a room."""

    class Meta:
        model = Room
        fields = [
            "name",
            "guests_allowed",
            "start_without_host",
            "lobby",
            "mute_on_entry",
            "guests_share",
            "tones",
            "chat_kept",
            "host_leaves",
            "host_leaves_after_min",
            "auto_lock_min",
        ]


class SeatForm(forms.Form):
    """Who asks for a seat."""

    name = forms.CharField(max_length=60)
    pin = forms.CharField(max_length=6, required=False)
