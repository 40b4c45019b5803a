<?php
// Stands for wp-config.php: Debian's own reads from /etc, where tests have no business.
define('ABSPATH', '/usr/share/wordpress/');
define('WP_CONTENT_DIR', __DIR__ . '/content');
define('DB_HOST', 'localhost:' . __DIR__ . '/database.sock');
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
// A notice in the middle of an answer would break it.
define('WP_DEBUG_DISPLAY', false);
$_SERVER['HTTP_HOST'] ??= 'localhost';
$table_prefix = 'wp_';
require ABSPATH . 'wp-settings.php';
