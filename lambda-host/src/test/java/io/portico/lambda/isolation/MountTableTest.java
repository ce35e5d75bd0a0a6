package io.portico.lambda.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountTableTest {
  private final MountTable table = new MountTable(Path.of("/a root"));

  @Test
  void mountsStandInTheirOrder() {
    table.readOnly(Path.of("/usr"), "/usr");
    table.writable(Path.of("/x/tmp"), "/tmp");
    table.fileSystem("proc", "/proc", "nosuid");

    assertThat(table.text())
        .isEqualTo(
            """
            /usr /a\\040root/usr none bind,ro,nosuid,nodev 0 0
            /x/tmp /a\\040root/tmp none bind,nosuid,nodev 0 0
            proc /a\\040root/proc proc nosuid 0 0
            """);
  }

  @Test
  void noNameOfAFileIsTakenForAnything() {
    table.readOnly(Path.of("/one two\tthree\\four\n/five none bind 0 0"), "/");

    assertThat(table.text())
        .isEqualTo(
            "/one\\040two\\011three\\134four\\012/five\\040none\\040bind\\0400\\0400"
                + " /a\\040root/ none bind,ro,nosuid,nodev 0 0\n");
  }

  @Test
  void whatIsMergedMayHaveColonsAndCommas() {
    table.merged(List.of(Path.of("/a:b"), Path.of("/c,d")), "/opt");

    assertThat(table.text()).contains("lowerdir=/a\\134:b:/c\\134,d ");
  }

  @Test
  void aCopyGoesItsOwnWay() {
    MountTable copy = table.copy();
    copy.readOnly(Path.of("/usr"), "/usr");

    assertThat(table.text()).isEmpty();
  }
}
