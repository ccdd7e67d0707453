package org.wengert.train.read;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wengert.io.FileFormatException;

/// The rows of a CSV file as they stand there, all of the same number of fields. Holds its place.
final class CsvLines implements Rows.Source<CsvRecord> {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final int MOST_FIELDS = 1 << 16;
  private static final int LONGEST_ROW = 1 << 24;
  private static final Pattern LINE = Pattern.compile("start(?:ing|ed) (?:at|in) line (\\d+)");

  private final FileBytes bytes;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final boolean hasHeader;
  private @Nullable CsvRecord first;
  private int width;

  private CsvLines(Utf8Reader text, CsvSchema.Format format) {
    this.bytes = text.bytes();
    CsvRecordHandler handler =
        CsvRecordHandler.builder()
            .maxFields(MOST_FIELDS)
            .maxFieldSize(LONGEST_FIELD)
            .maxRecordSize(LONGEST_ROW)
            .fieldModifier(FieldModifiers.TRIM)
            .build();
    this.reader =
        CsvReader.builder()
            .fieldSeparator(format.separator())
            .quoteCharacter(format.quote())
            .skipEmptyLines(true)
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // we say more about them
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, text);
    this.records = reader.iterator();
    this.hasHeader = format.header();
  }

  /// Opens a file and reads its first row.
  static CsvLines open(Path file, CsvSchema.Format format) throws IOException {
    CsvLines lines = new CsvLines(Utf8Reader.open(file), format);
    try {
      CsvRecord first = lines.record();
      if (first == null) {
        throw lines.bytes.error("line 1", "the end of the file", "a row");
      }
      lines.width = first.getFieldCount();
      lines.first = first;
      return lines;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /// The fields of the first line, be it a header or a row.
  List<String> firstFields() {
    return first == null ? List.of() : first.getFields();
  }

  /// How many fields each row has.
  int width() {
    return width;
  }

  /// The error in a column of a row, whose number counts lines of the file from 1.
  FileFormatException error(CsvRecord row, String column, String found, String expected) {
    return bytes.error("line " + row.getStartingLineNumber() + ", " + column, found, expected);
  }

  /// The error in the file as a whole.
  FileFormatException error(String where, String found, String expected) {
    return bytes.error(where, found, expected);
  }

  @Override
  public @Nullable CsvRecord next() throws IOException {
    CsvRecord held = first;
    if (held != null) {
      first = null;
      if (!hasHeader) {
        return held;
      }
    }
    CsvRecord row = record();
    if (row != null && row.getFieldCount() != width) {
      throw bytes
          .error(
              "line " + row.getStartingLineNumber(),
              row.getFieldCount() + " fields",
              width + ", as in the first line")
          .hint("a field with a separator or a line's end in it must be quoted");
    }
    return row;
  }

  private @Nullable CsvRecord record() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof FileFormatException ours) {
        throw ours;
      }
      String reason = String.valueOf(e.getMessage());
      Matcher line = LINE.matcher(reason);
      throw bytes
          .error(
              line.find() ? "line " + line.group(1) : "text",
              "a broken row (" + reason + ")",
              "fields of at most " + LONGEST_FIELD + " characters, whole quotes")
          .hint("a quote is opened and closed at the ends of a field, and doubled inside");
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
