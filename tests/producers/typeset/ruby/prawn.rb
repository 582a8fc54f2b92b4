# Draws a story by Prawn with its tables: ruby prawn.rb rapport.json rapport.pdf
require "json"
require "prawn"
require "prawn/table"

source, target = ARGV
told = JSON.parse(File.read(source))
story, look = told["story"], told["look"]
LEVELS = [6, 4, 2, 1].freeze
Prawn::Fonts::AFM.hide_m17n_warning = true

def escaped(text)
  text.gsub("&", "&amp;").gsub("<", "&lt;").gsub(">", "&gt;")
end

def styled(one)
  text = escaped(one["item"] ? "• #{one["text"]}" : one["text"])
  text = "<b>#{text}</b>" if one["bold"]
  one["italic"] ? "<i>#{text}</i>" : text
end

# A row goes whole onto the next page, so that the sheet must hold the longest.
pdf = Prawn::Document.new(
  page_size: "A3", page_layout: look["wide"] ? :landscape : :portrait, margin: 56,
  info: { Title: story["title"], CreationDate: Time.utc(2025, 9, 15) }
)
pdf.font(look["font"].empty? ? "Helvetica" : look["font"], size: look["size"])
pdf.move_down(120)
pdf.text(story["title"], size: 20, style: :bold)
pdf.text(story["organisation"])
pdf.start_new_page
story["blocks"].each do |block|
  if block["shares"]
    rows = block["rows"].map { |row| row.map { |cell| cell.map { |one| styled(one) }.join("\n\n") } }
    heads = block["heads"].map { |head| "<b>#{escaped(head)}</b>" }
    widths = block["shares"].map { |share| share * pdf.bounds.width }
    styles = { inline_format: true, padding: look["padding"], size: look["size"] }
    styles[:borders] = { "grid" => %i[top right bottom left], "lines" => %i[bottom] }.fetch(look["rules"], [])
    styles[:border_width] = 0.5
    styles[:align] = :justify if look["justified"]
    options = { header: look["repeat_heads"], cell_style: styles, column_widths: widths }
    options[:row_colors] = %w[FFFFFF EEEEEE] if look["rules"] == "zebra"
    pdf.table([heads, *rows], **options)
    pdf.move_down(10)
  elsif block["level"]
    pdf.start_new_page if pdf.cursor < 60
    pdf.move_down(8)
    pdf.text(block["text"], size: look["size"] + LEVELS[block["level"] - 1], style: :bold)
    pdf.move_down(4)
  else
    pdf.text(styled(block), inline_format: true, align: look["justified"] ? :justify : :left)
    pdf.move_down(look["gap"])
  end
end
pdf.number_pages("Sida <page> av <total>", at: [pdf.bounds.right - 80, -20], size: 8)
pdf.render_file(target)
