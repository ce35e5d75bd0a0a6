package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
  @TempDir Path folder;

  private Path below;
  private Path above;

  @BeforeEach
  void folders() throws IOException {
    below = Files.createDirectories(folder.resolve("below"));
    above = Files.createDirectories(folder.resolve("above"));
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, content);
  }

  @Test
  void whatIsBelowStaysUnlessSomethingOfItsNameComesOverIt() throws IOException {
    write(below.resolve("bin/kept"), "below");
    write(below.resolve("bin/replaced"), "below");
    write(above.resolve("bin/replaced"), "above");
    write(above.resolve("lib/added"), "above");

    Trees.layOver(above, below);

    assertThat(below.resolve("bin/kept")).hasContent("below");
    assertThat(below.resolve("bin/replaced")).hasContent("above");
    assertThat(below.resolve("lib/added")).hasContent("above");
    assertThat(above.resolve("bin/kept")).doesNotExist();
  }

  @Test
  void aFileReplacesAFolderAndAFolderAFile() throws IOException {
    write(below.resolve("folder/in/it"), "below");
    write(below.resolve("file"), "below");
    write(above.resolve("folder"), "above");
    write(above.resolve("file/in/it"), "above");

    Trees.layOver(above, below);

    assertThat(below.resolve("folder")).hasContent("above");
    assertThat(below.resolve("file/in/it")).hasContent("above");
  }

  @Test
  void linksStayLinksAndAreNotFollowed() throws IOException {
    write(folder.resolve("outside/file"), "outside");
    Files.createSymbolicLink(below.resolve("lib"), folder.resolve("outside"));
    write(above.resolve("lib/file"), "above");
    Files.createSymbolicLink(above.resolve("link"), Path.of("lib/file"));

    Trees.layOver(above, below);

    assertThat(folder.resolve("outside/file")).hasContent("outside");
    assertThat(Files.isDirectory(below.resolve("lib"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readSymbolicLink(below.resolve("link"))).isEqualTo(Path.of("lib/file"));
    assertThat(below.resolve("link")).hasContent("above");
  }

  @Test
  void programsStayPrograms() throws IOException {
    write(above.resolve("bin/program"), "#!/bin/sh");
    assertThat(above.resolve("bin/program").toFile().setExecutable(true)).isTrue();

    Trees.layOver(above, below);

    assertThat(below.resolve("bin/program")).isExecutable();
  }
}
