<?php
// Answers a request.
require dirname(__DIR__) . '/load.php';
wp();
