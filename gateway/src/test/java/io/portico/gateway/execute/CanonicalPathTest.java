package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalPathTest {
  private static final int PATHS = 200_000;

  @Test
  void leavesEscapesAsTheyCame() {
    CanonicalPath path = CanonicalPath.of("prod", "/test%2Balias@gmail.com/a+b");

    assertThat(path.text()).isEqualTo("/test%2Balias@gmail.com/a+b");
    assertThat(path.segments()).containsExactly("test%2Balias@gmail.com", "a+b");
    assertThat(path.defect()).isNull();
  }

  @Test
  void keepsOneSlashAtTheEndInThePathOnly() {
    CanonicalPath path = CanonicalPath.of("stage", "/proxy-value/");

    assertThat(path.text()).isEqualTo("/proxy-value/");
    assertThat(path.withStage()).isEqualTo("/stage/proxy-value/");
    assertThat(path.segments()).containsExactly("proxy-value");
    assertThat(path.from(0)).isEqualTo("proxy-value");
  }

  @Test
  void keepsDoubledSlashesInside() {
    CanonicalPath path = CanonicalPath.of("stage", "/proxy-value//double-slash");

    assertThat(path.text()).isEqualTo("/proxy-value//double-slash");
    assertThat(path.from(0)).isEqualTo("proxy-value//double-slash");
  }

  @Test
  void mergesSlashesBehindTheStageExceptInItsFullForm() {
    CanonicalPath path = CanonicalPath.of("stage", "//proxy-value");

    assertThat(path.text()).isEqualTo("/proxy-value");
    assertThat(path.withStage()).isEqualTo("/stage//proxy-value");
    assertThat(path.segments()).containsExactly("proxy-value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//"})
  void hasNoSegmentsAtTheRoot(String afterStage) {
    CanonicalPath path = CanonicalPath.of("stage", afterStage);

    assertThat(path.text()).isEqualTo("/");
    assertThat(path.segments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/.",
        "/a/../b",
        "/a/./b",
        "/%2e%2e/b",
        "/a/%2E./b",
        "/a/.%2e",
        "/a%2f..%2fb",
        "/a\\..\\b",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a%0d%0aSet-Cookie:x",
        "/a%7f",
        "/a/..;x=1/b",
        "/a/%c0%ae%c0%ae/b",
        "/a%c0%af..%c0%afb",
        "/%2e%2e%2fb",
        "/a/..%3bx"
      })
  void refusesWhatLeadsElsewhere(String afterStage) {
    assertThat(CanonicalPath.of("stage", afterStage).defect()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pa2%Fth/1",
        "/%",
        "/%zz",
        "/...",
        "/a..b",
        "/.well-known/x",
        "/a%2Fb",
        "/@scope%2fname",
        "/caf%C3%A9",
        "/a;b=c",
        "/a/%252e%252e/b",
        "/a%20b"
      })
  void takesWhatOnlyLooksUnusual(String afterStage) {
    CanonicalPath path = CanonicalPath.of("stage", afterStage);

    assertThat(path.defect()).isNull();
    assertThat(path.text()).isEqualTo(afterStage);
  }

  @Test
  void offersASecondReadingOnlyWhereThereIsOne() {
    assertThat(CanonicalPath.of("s", "/a/b").decodedSegments()).isNull();
    assertThat(CanonicalPath.of("s", "/a%/b").decodedSegments()).isNull();
    assertThat(CanonicalPath.of("s", "/a%2Fb//c").decodedSegments()).containsExactly("a", "b", "c");
  }

  @Test
  void everyViewOfAnyPathIsOfTheSameBytes() {
    long seed = System.nanoTime();
    SeededPaths paths = new SeededPaths(seed);
    for (int i = 0; i < PATHS; i++) {
      String afterStage = paths.next();

      CanonicalPath path = CanonicalPath.of("s", afterStage);

      String joined = "/" + String.join("/", path.segments());
      assertThat(path.withStage()).as("seed %d", seed).isEqualTo("/s" + afterStage);
      assertThat(path.text()).as("seed %d, %s", seed, afterStage).isIn(joined, joined + "/");
      assertThat(afterStage).as("seed %d", seed).endsWith(path.text().substring(1));
      if (!path.segments().isEmpty()) {
        assertThat("/" + path.from(0)).as("seed %d", seed).isEqualTo(joined);
      }
      if (path.defect() == null) {
        assertThat(path.segments())
            .as("seed %d, %s", seed, afterStage)
            .doesNotContain(".", "..", "%2e", "%2E%2e", ".%2e")
            .noneMatch(segment -> segment.contains("\\") || segment.contains("%00"));
      }
    }
  }
}
