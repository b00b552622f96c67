<?php // A sign-in server for MeetingServer. Run: SECRET=whsec_… php -S 127.0.0.1:8900 sign_in.php
$key = base64_decode(substr(getenv('SECRET'), strlen('whsec_')));
$people = ['alice' => ['password' => 'wonderland', 'role' => 'host', 'account' => 'ACME0001'], 'bob' => ['password' => 'builder']];
$tickets = ['ticket-of-bob' => 'bob'];  // a portal makes one for every click, and forgets it when it was shown
$pins = ['123456789 4711' => 'alice'];

$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$time = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '0';
$right = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
if (!in_array($right, explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '')) || abs(time() - (int) $time) > 300) {
    http_response_code(400);
    exit;
}
$asked = json_decode($body, true);
$user = match ($asked['action']) {
    'login' => ($people[$asked['user']]['password'] ?? null) === $asked['password'] ? $asked['user'] : null,
    'ticket' => $tickets[$asked['ticket']] ?? null,
    'dialin' => $pins["$asked[conference] $asked[pin]"] ?? null,
    'join' => isset($people[$asked['user']]) ? $asked['user'] : null,
    default => null,
};
header('Content-Type: application/json');
echo json_encode($user === null ? ['result' => 'deny', 'message' => 'We do not know you.'] : [
    'result' => 'allow', 'nonce' => $asked['id'], 'user_id' => $user, 'display_name' => ucfirst($user), 'expires_in' => 3600,
    'role' => $people[$user]['role'] ?? 'guest', 'account' => $people[$user]['account'] ?? '',
]);
