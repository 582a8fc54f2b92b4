<?php
// Draws a page by TCPDF's writeHTML: php tcpdf.php FONT SIZE ORIENTATION rapport.html rapport.pdf
error_reporting(E_ERROR);
require_once '/usr/share/php/tcpdf/tcpdf.php';
[, $font, $size, $orientation, $source, $target] = $argv;
$page = file_get_contents($source);
preg_match('~<title>(.*?)</title>~', $page, $title);

$pdf = new TCPDF($orientation, 'mm', 'A4', true, 'UTF-8');
$pdf->setHeaderData('', 0, html_entity_decode($title[1]), '');
$pdf->setHeaderFont([$font, '', 8]);
$pdf->setFooterFont([$font, '', 8]);
$pdf->SetMargins(20, 25, 20);
$pdf->SetAutoPageBreak(true, 20);
$pdf->SetFont($font, '', (float) $size);
$pdf->setDocCreationTimestamp(1757937600);
$pdf->setDocModificationTimestamp(1757937600);
$pdf->AddPage();
$pdf->writeHTML($page);
// The same report gives the same bytes.
file_put_contents($target, preg_replace('~uuid:[0-9a-f-]{36}~', 'uuid:' . str_repeat('0', 36), $pdf->Output('', 'S')));
