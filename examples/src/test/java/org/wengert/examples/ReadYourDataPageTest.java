package org.wengert.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on reading files: its code is compiled, and prints what it shows.
class ReadYourDataPageTest {
  private static final String PAGE = "docs/how-to/read-your-data.md";

  @TempDir Path folder;

  @Test
  void everyJavaBlockIsCompiled() {
    Regions.assertShown(PAGE, "ReadYourData.java");
  }

  @Test
  void whatIsPrintedIsShown() {
    Regions.assertPrinted(PAGE, Printed.byMain(this::run));
  }

  private void run() {
    try {
      ReadYourData.main(new String[] {folder.toString()});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
