package io.portico.lambda.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CgroupFolderTest {
  private static final String MOUNTS =
      """
      22 27 0:21 / /proc rw,relatime - proc proc rw
      31 23 0:28 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate
      """;

  @Test
  void theFolderIsBelowTheMountOfVersion2() {
    assertThat(CgroupFolder.of("0::/system.slice/portico.service\n", MOUNTS))
        .contains(Path.of("/sys/fs/cgroup/system.slice/portico.service"));
    assertThat(CgroupFolder.of("0::/\n", MOUNTS)).contains(Path.of("/sys/fs/cgroup"));
  }

  @Test
  void ofTwoVersionsTheSecondIsTaken() {
    String both =
        """
        4:memory:/a
        0::/b
        """;
    String mounts =
        """
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        """;

    assertThat(CgroupFolder.of(both, mounts)).contains(Path.of("/sys/fs/cgroup/unified/b"));
    assertThat(CgroupFolder.of("4:memory:/a\n", mounts)).isEmpty();
  }

  @Test
  void aMountMayShowAPartOfTheTreeAtAPlaceWithSpaces() {
    String mounts = "31 23 0:28 /machine/one /in\\040here rw,relatime - cgroup2 cgroup2 rw\n";

    assertThat(CgroupFolder.of("0::/machine/one/two\n", mounts)).contains(Path.of("/in here/two"));
    assertThat(CgroupFolder.of("0::/machine/other\n", mounts)).isEmpty();
  }

  @Test
  void oneThatIsOutsideOfWhatCanBeSeenIsNone() {
    assertThat(CgroupFolder.of("0::/../elsewhere\n", MOUNTS)).isEmpty();
  }

  @Test
  void withoutAMountThereIsNone() {
    assertThat(CgroupFolder.of("0::/a\n", "22 27 0:21 / /proc rw - proc proc rw\n")).isEmpty();
  }
}
