<?php
// Makes a site with one post: `php install.php ADDRESS`.
define('WP_INSTALLING', true);
$server = new mysqli('localhost', 'root', '', '', 0, __DIR__ . '/database.sock');
$server->query('CREATE DATABASE wordpress');
require __DIR__ . '/load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// Nobody is to get a letter.
add_filter('pre_wp_mail', '__return_true');
wp_install('Tests', 'admin', 'admin@test.example', true, '', wp_generate_password());
$options = [
    'siteurl' => $argv[1],
    'home' => $argv[1],
    'comment_moderation' => 0,
    'comment_previously_approved' => 0,
    'comments_notify' => 0,
    'moderation_notify' => 0,
];
array_map('update_option', array_keys($options), $options);
// The post that every new site has, with its comment.
wp_delete_post(1, true);
wp_insert_post(['post_name' => 'ferry', 'post_title' => 'Ferry', 'post_content' => '-', 'post_status' => 'publish']);
$wp_rewrite->set_permalink_structure('/%postname%/');
$wp_rewrite->flush_rules();
