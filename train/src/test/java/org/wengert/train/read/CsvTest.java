package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.StateException;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;

class CsvTest {
  private static final CsvSchema FLOWERS = CsvSchema.of(Column.label("species")).withOtherNumbers();

  @TempDir Path folder;

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertTrue(expected.sameBits(actual), () -> "expected " + expected + ", got " + actual);
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values);
  }

  @Test
  void allOtherColumnsAreNumbersAndClassesAreSorted() throws IOException {
    CsvData data = FLOWERS.read(csv("species,length,width\nrose,1.5,2\nlily,-3e-1,4\nrose,5,6\n"));
    assertEquals(List.of("lily", "rose"), data.classes());
    assertEquals(List.of("length", "width"), data.features());
    assertSame(data.inputs(), floats(1.5f, 2, -0.3f, 4, 5, 6).reshape(3, 2));
    assertSame(data.targets(), Tensor.of(1L, 0, 1));
    assertSame(data.get(1).input(), floats(-0.3f, 4));
    assertSame(data.get(1).target(), Tensor.of(0L));
  }

  @Test
  void aColumnWithoutNameIsNotANumberToLearnFrom() throws IOException {
    CsvData data = FLOWERS.read(csv(",species,length\n0,rose,1\n1,lily,2\n"));
    assertEquals(List.of("length"), data.features());
  }

  @Test
  void aLoaderMakesBatches() throws IOException {
    CsvData data = FLOWERS.read(csv("species,length\nrose,1\nlily,2\n"));
    Sample batch =
        DataLoader.of(data, DataLoader.Options.defaults().shuffle(false)).iterator().next();
    assertSame(batch.input(), data.inputs());
    assertSame(batch.target(), data.targets());
  }

  @Test
  void categoriesBecomeOneFeatureEach() throws IOException {
    CsvSchema schema =
        CsvSchema.of(Column.category("size", "S", "M", "L"), Column.number("price"))
            .with(Column.category("town"), Column.target("sold"), Column.target("left"));
    CsvData data = schema.read(csv("town,left,sold,price,size\nRome,1,2,3,L\nBern,4,5,6,S\n"));
    assertEquals(
        List.of("size=S", "size=M", "size=L", "price", "town=Bern", "town=Rome"), data.features());
    assertSame(data.inputs(), floats(0, 0, 1, 3, 0, 1, 1, 0, 0, 6, 1, 0).reshape(2, 6));
    assertSame(data.targets(), floats(2, 1, 5, 4).reshape(2, 2));
    assertSame(data.get(0).target(), floats(2, 1));
    assertEquals(List.of(), data.classes());
  }

  @Test
  void numbersAsClassesAreSortedAsNumbers() throws IOException {
    CsvData data =
        CsvSchema.of(Column.number("x"), Column.label("y")).read(csv("x,y\n1,10\n2,9\n"));
    assertEquals(List.of("9", "10"), data.classes());
  }

  @Test
  void missingValuesBecomeWhatWasDeclared() throws IOException {
    CsvSchema schema =
        CsvSchema.of(
            Column.number("a").orMean(),
            Column.number("b").or(-1),
            Column.category("c", "x", "y").or("y"));
    CsvData data = schema.read(csv("a,b,c\n1,NA,x\n,2,?\n5,NaN,\n"));
    assertSame(data.inputs(), floats(1, -1, 1, 0, 3, 2, 0, 1, 5, -1, 0, 1).reshape(3, 4));
  }

  @Test
  void whatIsMissingLaterHasItsCategoryFromTheBeginning() throws IOException {
    CsvSchema schema = CsvSchema.of(Column.category("town").or("unknown"));
    CsvEncoding encoding = schema.learn(csv("town\nRome\nBern\n"));
    assertEquals(List.of("town=Bern", "town=Rome", "town=unknown"), encoding.features());
    Path test = Files.writeString(folder.resolve("test.csv"), "town\nBern\n?\n");
    assertSame(encoding.read(test).inputs(), floats(1, 0, 0, 0, 0, 1).reshape(2, 3));
    Path other = Files.writeString(folder.resolve("other.csv"), "town\nOslo\n");
    refused(
        () -> encoding.read(other),
        other
            + ", line 2, column \"town\": found \"Oslo\", expected one of Bern, Rome, unknown\n"
            + "  hint: if there may be others, say which category they are: orOther(..)");
  }

  @Test
  void categoriesNobodyKnewAreOthers() throws IOException {
    CsvSchema schema =
        CsvSchema.of(
            Column.category("room").orOther("other"), Column.category("n", "1", "2").orOther("2"));
    CsvEncoding encoding = schema.learn(csv("room,n\n10,1\n9,7\n"));
    assertEquals(List.of("room=9", "room=10", "room=other", "n=1", "n=2"), encoding.features());
    Path test = Files.writeString(folder.resolve("test.csv"), "room,n\n11,3\n9,1\n,\n");
    assertSame(
        encoding.read(test).inputs(),
        floats(0, 0, 1, 0, 1, /**/ 1, 0, 0, 1, 0, /**/ 0, 0, 1, 0, 1).reshape(3, 5));
  }

  @Test
  void aDeclaredValueIsNotMissingWhateverItIsCalled() throws IOException {
    CsvSchema schema =
        CsvSchema.of(Column.category("country", "NA", "DE"), Column.label("known", "?", "!"));
    CsvData data = schema.read(csv("country,known\nNA,?\nDE,!\n"));
    assertSame(data.inputs(), floats(1, 0, 0, 1).reshape(2, 2));
    assertSame(data.targets(), Tensor.of(new long[] {0, 1}));
  }

  @Test
  void oneColumnIsNotBothInputAndTarget() throws IOException {
    Path file = csv("x,y\n1,2\n");
    refused(
        () -> CsvSchema.of(Column.number(1), Column.target("y")).read(file),
        file
            + ", position 1: found number column 1 and target column \"y\", expected one of them\n"
            + "  hint: declare each column once, by its name or by its position");
  }

  @Test
  void whatWasLearnedIsUsedOnOtherFiles() throws IOException {
    CsvSchema schema =
        CsvSchema.of(Column.number("x").orMean(), Column.category("c"), Column.label("y"));
    CsvEncoding encoding = schema.learn(csv("x,c,y\n1,u,no\n3,v,yes\n"));
    Path test = Files.writeString(folder.resolve("test.csv"), "y,c,x\nyes,v,\n");
    assertSame(encoding.read(test).inputs(), floats(2, 0, 1).reshape(1, 3));
    assertSame(encoding.read(test).targets(), Tensor.of(new long[] {1}));
    Path other = Files.writeString(folder.resolve("other.csv"), "x,c,y\n1,w,no\n");
    refused(
        () -> encoding.read(other),
        other + ", line 2, column \"c\": found \"w\", expected one of u, v");
    Path unlabelled = Files.writeString(folder.resolve("unlabelled.csv"), "c,x\nu,7\n");
    CsvData data = encoding.withoutTargets().read(unlabelled);
    assertSame(data.inputs(), floats(7, 1, 0).reshape(1, 3));
    assertEquals(0, data.get(0).target().count());
  }

  @Test
  void columnsCanBeGivenByPosition() throws IOException {
    CsvSchema schema = CsvSchema.of(Column.label(2), Column.number(0)).withoutHeader();
    CsvData data = schema.read(csv("1,2,a\n3,4,b\n"));
    assertSame(data.inputs(), floats(1, 3).reshape(2, 1));
    assertEquals(List.of("column 0"), data.features());
    CsvData others =
        CsvSchema.of(Column.label(2)).withoutHeader().withOtherNumbers().read(csv("1,2,a\n"));
    assertSame(others.inputs(), floats(1, 2).reshape(1, 2));
  }

  @Test
  void separatorsQuotesAndLineEndsAreThoseOfTheFile() throws IOException {
    CsvSchema schema =
        CsvSchema.of(Column.category("a;b"), Column.number("x"))
            .separator(';')
            .quote('\'')
            .missing("none");
    Path file = csv("\uFEFF'a;b' ; x\r\n\r\n 'it''s\nmine';1\r\n?;2");
    CsvData data = schema.read(file);
    assertEquals(List.of("a;b=?", "a;b=it's\nmine", "x"), data.features());
    assertSame(data.inputs(), floats(0, 1, 1, 1, 0, 2).reshape(2, 3));
  }

  @Test
  void rowsAreWalkedOneAtATime() throws IOException {
    Path file = csv("species,length\nrose,1\nlily,2\nrose,x\n");
    CsvEncoding encoding = FLOWERS.learn(file);
    List<Double> lengths = new ArrayList<>();
    FileFormatException e =
        assertThrows(
            FileFormatException.class,
            () -> {
              try (Rows<Sample> rows = encoding.rows(file)) {
                rows.forEach(row -> lengths.add(row.input().at(0)));
              }
            });
    assertEquals(List.of(1.0, 2.0), lengths);
    assertEquals(
        file
            + ", line 4, column \"length\": found \"x\", expected a number\n"
            + "  hint: numbers are written as 12.5 or 1e-3; texts are categories: Column.category",
        e.getMessage());
  }

  @Test
  void rowsEndWhenTheyAreClosed() throws IOException {
    Rows<Sample> rows =
        FLOWERS
            .learn(csv("species,length\nrose,1\nlily,2\n"))
            .rows(csv("length,species\n1,rose\n2,lily\n"));
    Iterator<Sample> walk = rows.iterator();
    assertEquals(1, walk.next().input().item());
    rows.close();
    assertEquals(false, walk.hasNext());
    assertThrows(StateException.class, rows::iterator);
  }

  @Test
  void damagedRowsAreNamedByLineAndColumn() throws IOException {
    csvRefused(
        "species,length\nrose,1\nlily\n",
        "line 3: found 1 fields, expected 2, as in the first line");
    csvRefused(
        "species,length\nrose,\n", "line 2, column \"length\": found nothing, expected a value");
    csvRefused(
        "species,length\n?,1\n", "line 2, column \"species\": found \"?\", expected a value");
    csvRefused(
        "species,length\nrose,0x1p3\n",
        "line 2, column \"length\": found \"0x1p3\", expected a number");
    csvRefused(
        "species,length\nrose,1d\n", "line 2, column \"length\": found \"1d\", expected a number");
    csvRefused(
        "species,length\nrose,1e39\n",
        "line 2, column \"length\": found \"1e39\", expected a number below 3.4e38");
    csvRefused("species,length\nrose,\"1\"x\n", "line 2: found a broken row (Unexpected character");
    csvRefused("species,length\nrose,\"1\n", "line 2: found a broken row (Unclosed quoted field");
    csvRefused(
        "species,length\nrose," + "1".repeat(70_000) + "\n",
        "line 2: found a broken row (Field at index 1 in record starting at line 2 exceeds");
  }

  @Test
  void filesWithoutWhatIsNeededAreRefused() throws IOException {
    csvRefused("", "line 1: found the end of the file, expected a row");
    csvRefused("species,length\n", "column \"species\": found no value in the whole file");
    csvRefused(
        "specie,length\nrose,1\n",
        "header: found the columns specie, length, expected label column \"species\"");
    csvRefused(
        "species,species\nrose,1\n", "header: found \"species\" more than once, expected it once");
    CsvSchema mean = CsvSchema.of(Column.number("x").orMean());
    Path file = csv("x,y\n?,1\n");
    refused(() -> mean.read(file), file + ", column \"x\": found no value in the whole file");
    CsvSchema third = CsvSchema.of(Column.number(2));
    refused(
        () -> third.read(file),
        file + ", line 1: found 2 fields, expected number column 2, counted from 0");
  }

  @Test
  void anIdentifierIsNoCategory() throws IOException {
    StringBuilder text = new StringBuilder("species,length\n");
    for (int i = 0; i <= 10_000; i++) {
      text.append("n").append(i).append(",1\n");
    }
    csvRefused(
        text.toString(),
        "line 10002, column \"species\": found one more value after 10000 others, expected fewer");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirOffset() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "species,length\nM\u00e4rz,1\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(() -> FLOWERS.read(file), file + ", byte 16: found bytes e4, expected text in UTF-8");
    Path far = folder.resolve("far.csv");
    byte[] long20 =
        ("species,length\n" + "rose,1\n".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
    long20[100_000] = (byte) 0xff;
    Files.write(far, long20);
    refused(() -> FLOWERS.read(far), far + ", byte 100000: found bytes ff, expected text");
  }

  @Test
  void compressedFilesAreReadButNoBombs() throws IOException {
    Path file = folder.resolve("data.csv.gz");
    Files.write(file, IdxBytes.gzip("species,length\nrose,1\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(1, FLOWERS.read(file).size());
    String bomb = "species,length\n" + "rose,1\n".repeat(2_000_000);
    Files.write(file, IdxBytes.gzip(bomb.getBytes(StandardCharsets.UTF_8)));
    long limit = 100 * Files.size(file) + (1 << 20);
    refused(
        () -> FLOWERS.read(file),
        file + ", whole file: found more than " + limit + " bytes when unpacked, expected fewer");
  }

  @Test
  void schemasThatContradictThemselvesAreRefused() {
    badSchema(
        () -> CsvSchema.of(Column.label("a"), Column.target("b")),
        "1 labels and 1 targets\n  hint: take one label, for classes, or one target or more,"
            + " for numbers");
    badSchema(
        () -> CsvSchema.of(Column.number("a"), Column.category("a")),
        "a column is declared twice among [number column \"a\", category column \"a\"]\n"
            + "  hint: declare each once");
    badSchema(
        () -> CsvSchema.of(Column.number("a")).withoutHeader(),
        "number column \"a\" by name, without a header\n  hint: give its position, from 0");
    badSchema(
        () -> Column.label("y").or("x"),
        "no or(\"x\") for label column \"y\"\n"
            + "  hint: numbers take orMean() or a number, categories one of their values");
    badSchema(() -> Column.number(-1), "no column -1\n  hint: columns are numbered from 0");
    badSchema(
        () -> Column.category("a", "x", "x"),
        "a value is there twice among [x, x]\n  hint: name each once");
    badSchema(
        () -> CsvSchema.of().quote(','),
        "separator ',', quote ','\n"
            + "  hint: take two different characters that do not end a line");
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private void csvRefused(String text, String message) throws IOException {
    Path file = csv(text);
    refused(() -> FLOWERS.read(file), file + ", " + message);
  }

  private static void refused(Reading reading, String message) {
    FileFormatException e = assertThrows(FileFormatException.class, reading::read);
    assertEquals(
        message, e.getMessage().substring(0, Math.min(message.length(), e.getMessage().length())));
  }

  private static void badSchema(Reading reading, String message) {
    OptionException e = assertThrows(OptionException.class, reading::read);
    assertEquals(message, e.getMessage());
  }
}
