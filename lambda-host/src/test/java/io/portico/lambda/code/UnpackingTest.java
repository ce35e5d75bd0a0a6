package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.lambda.Zips;
import io.portico.lambda.Zips.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpackingTest {
  @TempDir Path temporary = Path.of("");

  private Path zip(byte[] content) throws IOException {
    return Files.write(temporary.resolve("code.zip"), content);
  }

  private Path unpacked(Entry... entries) throws Exception {
    Path zip = zip(Zips.ofEntries(entries));
    Path folder = Files.createDirectory(temporary.resolve("unpacked"));
    Unpacking.check(zip);
    Unpacking.unpack(zip, folder);
    return folder;
  }

  @Test
  void linksStayLinks() throws Exception {
    Path folder =
        unpacked(
            Entry.link("node_modules/.bin/tool", "../tool/cli.js"),
            Entry.program("node_modules/tool/cli.js", "run"),
            Entry.link("current", "./node_modules/"),
            Entry.link("layered", "/opt/nodejs/node_modules"),
            Entry.link("nowhere", "no-such"));

    assertThat(Files.readSymbolicLink(folder.resolve("node_modules/.bin/tool")))
        .isEqualTo(Path.of("../tool/cli.js"));
    assertThat(Files.readSymbolicLink(folder.resolve("layered")))
        .isEqualTo(Path.of("/opt/nodejs/node_modules"));
    assertThat(folder.resolve("current/tool/cli.js")).hasContent("run");
    assertThat(Files.isSymbolicLink(folder.resolve("nowhere"))).isTrue();
    assertThat(Files.exists(folder.resolve("nowhere"))).isFalse();
  }

  @Test
  void aFolderThatIsClosedToWritingKeepsItsLinks() throws Exception {
    Path folder =
        unpacked(Entry.file("a.js", "1"), Entry.link("b.js", "a.js"), Entry.link("c.js", "no"));

    Trees.closeToWriting(folder);

    assertThat(folder.resolve("b.js")).hasContent("1");
    Trees.delete(folder);
    assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void foldersStayThoughTheyAreEmpty() throws Exception {
    Path folder = unpacked(Entry.folder("cache/one"), Entry.file("index.js", "1"));

    assertThat(folder.resolve("cache/one")).isEmptyDirectory();
  }

  @Test
  void permissionsStayAndTheOwnerMayRead() throws Exception {
    Path folder =
        unpacked(
            Entry.program("bin/run", "1"),
            Entry.file("data", "2"),
            new Entry("secret", 0100000, "3"));

    assertThat(permissions(folder.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    assertThat(permissions(folder.resolve("data"))).isEqualTo("rw-r--r--");
    assertThat(permissions(folder.resolve("secret"))).isEqualTo("rw-------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @CsvSource({
    "link, /etc/passwd",
    "link, /opt",
    "link, /opt/../etc/passwd",
    "lib/inner/link, /var/task/lib/../../../etc",
    "link, ..",
    "link, ../other",
    "lib/link, ../../other",
    "lib/link, ./../../other",
    "lib/link, inner/../../..",
    "lib/link, ''"
  })
  void aLinkThatMayLeadOutIsRefused(String name, String target) throws Exception {
    Path zip = zip(Zips.ofEntries(Entry.folder("lib/inner"), Entry.link(name, target)));

    assertThatThrownBy(() -> Unpacking.check(zip))
        .isInstanceOf(InvalidZipException.class)
        .hasMessage("The link " + name + " leads out of the zip, to " + target);
    assertThatThrownBy(() -> Unpacking.unpack(zip, temporary)).isInstanceOf(IOException.class);
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    Path zip =
        zip(
            Zips.ofEntries(
                Entry.folder("lib"), Entry.link("way", "lib"), Entry.file("way/index.js", "1")));

    assertThatThrownBy(() -> Unpacking.check(zip))
        .isInstanceOf(InvalidZipException.class)
        .hasMessageStartingWith("Could not unzip uploaded file.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out.js", "lib/../../out.js", "nul\0.js"})
  void aNameThatLeadsOutOrIsNoneIsRefused(String name) throws Exception {
    Path zip = zip(Zips.ofEntries(Entry.file(name, "1")));

    assertThatThrownBy(() -> Unpacking.check(zip)).isInstanceOf(InvalidZipException.class);
  }

  @Test
  void aNameFromTheRootOnOrFromHereIsOfTheFolder() throws Exception {
    Path folder = unpacked(Entry.file("/a.js", "1"), Entry.file("./lib/./b.js", "2"));

    assertThat(folder.resolve("a.js")).hasContent("1");
    assertThat(folder.resolve("lib/b.js")).hasContent("2");
  }

  @Test
  void ofTwoWithTheSameNameTheLastOneStays() throws Exception {
    Path folder =
        unpacked(Entry.file("a.js", "1"), Entry.link("b.js", "a.js"), Entry.file("b.js", "second"));

    assertThat(folder.resolve("a.js")).hasContent("1");
    assertThat(Files.isSymbolicLink(folder.resolve("b.js"))).isFalse();
    assertThat(folder.resolve("b.js")).hasContent("second");
  }

  @Test
  void whatCannotBeInflatedIsFoundWhenItIsUnpacked() throws Exception {
    Path zip = zip(Zips.torn("index.js"));

    Unpacking.check(zip);

    assertThatThrownBy(() -> Unpacking.unpack(zip, temporary)).isInstanceOf(IOException.class);
  }
}
