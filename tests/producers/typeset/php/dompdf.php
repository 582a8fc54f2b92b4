<?php
// Draws a page by Dompdf: php dompdf.php ORIENTATION rapport.html rapport.pdf
error_reporting(E_ERROR);
ini_set('memory_limit', '2G');
require_once '/usr/share/php/dompdf/autoload.php';
[, $orientation, $source, $target] = $argv;

$pdf = new Dompdf\Dompdf();
$pdf->loadHtml(file_get_contents($source), 'UTF-8');
$pdf->setPaper('A4', $orientation);
$pdf->render();
$font = $pdf->getFontMetrics()->getFont('DejaVu Sans');
$pdf->getCanvas()->page_text(480, 800, 'Sida {PAGE_NUM} av {PAGE_COUNT}', $font, 8);
file_put_contents($target, $pdf->output());
