package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page on operations says what is so.
class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operations.md");

  @Test
  void thePageIsWhatTheCatalogueGives() throws IOException {
    String page = OperationsPage.write();
    if (Boolean.getBoolean("write.operations")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page, "run this test once with -Dwrite.operations=true");
    assertFalse(page.contains("✗"), page);
  }
}
