package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  private static final Option PORT = Option.of("--port", "PORT", "");
  private static final Option JSON = Option.flag("--json", "");

  @Test
  void aValueFollowsItsOptionOrStandsBehindAnEqualsSign() {
    assertThat(run("--port", "1", "a").value(PORT)).isEqualTo("1");
    assertThat(run("a", "--port=--x=y").value(PORT)).isEqualTo("--x=y");
    assertThat(run("a", "--port=").value(PORT)).isEmpty();
    assertThat(run("a").value(PORT)).isNull();
  }

  @Test
  void optionsAndOperandsMayStandInAnyOrder() {
    Arguments arguments = run("a b", "--json", "-", "--port", "1", "c");

    assertThat(arguments.operands()).containsExactly("a b", "-", "c");
    assertThat(arguments.has(JSON)).isTrue();
  }

  @Test
  void whatFollowsTwoHyphensIsAnOperand() {
    assertThat(run("--json", "--", "--port", "--").operands()).containsExactly("--port", "--");
  }

  @Test
  void aNegativeNumberIsAValue() {
    assertThat(run("--port", "-1", "a").value(PORT)).isEqualTo("-1");
  }

  @Test
  void helpIsGivenWithoutWhatTheVerbNeeds() {
    assertThat(run("--help").wantsHelp()).isTrue();
    assertThat(run("-h").wantsHelp()).isTrue();
    assertThat(run("a").wantsHelp()).isFalse();
  }

  @Test
  void whatAVerbDoesNotTakeIsRefused() {
    assertThat(refusal("a", "--prot", "1"))
        .isEqualTo("Unknown option --prot; see portico help run");
    assertThat(refusal("a", "-x")).startsWith("Unknown option -x;");
    assertThat(refusal("a", "--json=yes")).startsWith("Unknown option --json=yes;");
    assertThat(refusal("a", "--port")).startsWith("--port needs PORT;");
    assertThat(refusal("a", "--port", "--json")).startsWith("--port needs PORT;");
    assertThat(refusal("a", "--port", "1", "--port=2")).startsWith("--port is there twice;");
    assertThat(refusal()).startsWith("Missing PATH;");
    assertThat(refusal(new ServeCommand(), "here"))
        .isEqualTo("Unknown argument here; see portico help serve");
    assertThat(refusal(new HelpCommand(), "run", "serve")).startsWith("Unknown argument serve;");
  }

  private static Arguments run(String... words) {
    return Arguments.read(new RunCommand(), List.of(words));
  }

  private static String refusal(String... words) {
    return refusal(new RunCommand(), words);
  }

  private static String refusal(Verb verb, String... words) {
    return catchThrowableOfType(UsageException.class, () -> Arguments.read(verb, List.of(words)))
        .text();
  }
}
