package io.portico.gateway.vtl;

import static io.portico.gateway.vtl.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template cannot reach, whatever it is given. */
public final class VtlSandboxTest {

  private static Map<String, Object> values() {
    return Map.of(
        "s",
        "text",
        "n",
        1,
        "b",
        true,
        "m",
        new LinkedHashMap<>(Map.of("k", "v")),
        "l",
        new ArrayList<>(List.of("e")),
        "o",
        new Sealed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$s.class",
        "$s.getClass()",
        "$s.class.forName('java.lang.Runtime')",
        "$s.getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
        "$s.getClass().getClassLoader()",
        "$s.bytes",
        "$s.getBytes()",
        "$s.chars()",
        "$s.format('%1000000000d', 1)",
        "$s.repeat(1000000)",
        "$s.intern()",
        "$n.class",
        "$n.getClass().getMethods()",
        "$n.MAX_VALUE",
        "$b.getClass()",
        "$m.class",
        "$m.getClass()",
        "$m.entrySet().iterator()",
        "$m.forEach($s)",
        "$m.computeIfAbsent('a', $s)",
        "$l.class.protectionDomain",
        "$l.getClass()",
        "$l.stream()",
        "$l.iterator()",
        "$l.toArray()",
        "$o.class",
        "$o.getClass()",
        "$o.secret",
        "$o.secret()",
        "$o.wait()",
        "$o.notify()",
        "$o['class']",
        "#foreach($x in $l)$foreach.info$foreach.class$foreach.getInfo()$foreach.owner#end",
        "#define($d)x#end$d.class$d.getClass()$d.context$d.parent",
        "#foreach($x in $s.getClass().getDeclaredFields())x#end",
        "$context.class$Runtime.getRuntime()$System.exit(1)$java.lang.System",
      })
  void membersThatAreNotWrittenOutDoNotExist(String template) {
    assertThat(render(template, values())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#include('/etc/passwd')",
        "#parse('other.vm')",
        "#evaluate('x')",
        "#set($x = \"#evaluate('y')\")",
        "#if(false)#include('a')#end",
        "#macro(m)#parse('a')#end",
      })
  void directivesThatReadOrRunOtherTextsAreRefused(String template) {
    assertThatExceptionOfType(VtlException.class)
        .isThrownBy(() -> VtlTemplate.parse(template))
        .matches(refusal -> refusal.kind() == VtlException.Kind.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#set($o.name = 'x')",
        "#set($o['name'] = 'x')",
        "#set($s.name = 'x')",
        "#set($l.name = 'x')",
        "#set($nowhere.name = 'x')",
        "#foreach($x in $l)#set($foreach.index = 5)#end",
      })
  void whatCannotBeSetStaysAsItIs(String template) {
    assertThat(render(template, values())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#set($s = 'changed')", "#set($added = 'x')", "#macro(leak)x#end"})
  void oneRenderingLeavesNothingToTheNext(String template) {
    render(template, values());

    assertThat(render("$s$added#leak()", values())).isEqualTo("text#leak()");
  }

  /** An object that offers nothing. */
  public static final class Sealed extends VtlObject {
    public String getSecret() {
      return "secret";
    }

    public String secret() {
      return "secret";
    }

    @Override
    public String toString() {
      return "sealed";
    }
  }
}
