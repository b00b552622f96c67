from django.urls import path

from conferences.views import (
    attendance,
    chat_files,
    documents,
    invitations,
    joining,
    meeting,
    revoking,
    rooms,
)

app_name = "conferences"
urlpatterns = [
    path("", rooms.home, name="home"),
    path("meet-now", rooms.meet_now, name="meet_now"),
    path("find", rooms.find, name="find"),
    path("rooms/new", rooms.room_new, name="room_new"),
    path("rooms/<slug:slug>/settings", rooms.room_settings, name="room_settings"),
    path("rooms/<slug:slug>/pin", rooms.room_pin, name="room_pin"),
    path("rooms/<slug:slug>/delete", rooms.room_delete, name="room_delete"),
    path("rooms/<slug:slug>/conferences", attendance.past, name="past"),
    path("rooms/<slug:slug>/conferences/<slug:conference>", attendance.attendance, name="attendance"),
    path(
        "rooms/<slug:slug>/conferences/<slug:conference>/attendance.csv",
        attendance.attendance_csv,
        name="attendance_csv",
    ),
    path("r/<slug:slug>/attendance", attendance.attendance_now, name="attendance_now"),
    path("r/<slug:slug>/invitation.txt", invitations.invitation_text, name="invitation_text"),
    path("r/<slug:slug>/invitation.ics", invitations.invitation_ics, name="invitation_ics"),
    path("r/<slug:slug>", meeting.room, name="room"),
    path("r/<slug:slug>/documents", documents.document_upload, name="document_upload"),
    path(
        "documents/<slug:document>/<slug:key>/<int:page>.webp", documents.document_page, name="document_page"
    ),
    path(
        "documents/<slug:document>/<slug:key>/<int:page>-small.webp",
        documents.document_page,
        {"size": "-small"},
        name="document_page_small",
    ),
    path("documents/<slug:document>/<slug:key>/text.json", documents.document_text, name="document_text"),
    path(
        "documents/<slug:document>/<slug:key>/original", documents.document_original, name="document_original"
    ),
    path("r/<slug:slug>/files", chat_files.chat_file_upload, name="chat_file_upload"),
    path("files/<slug:file>/<slug:key>/original", chat_files.chat_file, name="chat_file"),
    path(
        "files/<slug:file>/<slug:key>/preview.webp",
        chat_files.chat_file_copy,
        {"copy": "preview"},
        name="chat_file_preview",
    ),
    path(
        "files/<slug:file>/<slug:key>/large.webp",
        chat_files.chat_file_copy,
        {"copy": "large"},
        name="chat_file_large",
    ),
    path("r/<slug:slug>/seat", meeting.seat, name="seat"),
    path("join/<slug:name>", joining.join, name="join"),
    path("api/v1/revoke", revoking.revoke, name="revoke"),
]
