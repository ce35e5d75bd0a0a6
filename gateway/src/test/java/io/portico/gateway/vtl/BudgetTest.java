package io.portico.gateway.vtl;

import static io.portico.gateway.vtl.Rendering.budget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template cannot use up. Every one of these would run for ever or fill the memory. */
final class BudgetTest {
  private static void assertStops(String template) {
    VtlTemplate parsed = VtlTemplate.parse(template);
    Map<String, Object> roots = Map.of("long", "a".repeat(30_000), "one", "1e999999999");

    assertThatExceptionOfType(VtlException.class)
        .isThrownBy(() -> parsed.render(roots, budget()))
        .matches(stop -> stop.kind() == VtlException.Kind.LIMIT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#set($a = \"$a$a\")",
        "#set($a = $a + $a)",
        "#set($a = $a.concat($a))",
        "#set($a = $a.replace('x', 'xx'))",
        "#set($a = $a.replaceAll('x', 'xx'))",
        "#set($a = [$a, $a])#set($t = $a.toString())",
        "#set($a = {'k': $a, 'j': $a})#set($t = \"$a\")",
        "#if($i == 1)#set($b = \"$a\")#end#set($a = [$a, $a])#set($b = [$b, $b])#if($a == $b)#end",
        "#define($b)$a$a#end#set($a = \"$b\")",
      })
  void growthByDoublingStops(String step) {
    assertStops("#set($a = 'xxxxxxxxxxxxxxxx')#foreach($i in [1..64])" + step + "#end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#set($r = [1..1000])#foreach($a in $r)#foreach($b in $r)#foreach($c in $r)#end#end#end",
        "#set($r = [1..1000])#foreach($a in $r)#foreach($b in $r)#foreach($c in $r)"
            + "text that stands in the loop#end#end#end",
        "#set($r = [1..1000])#set($t = \"#foreach($a in $r)#foreach($b in $r)#foreach($c in $r)"
            + "text in quotes#end#end#end\")",
        "#macro(m)#m()#m()#m()#m()#end#m()",
        "#macro(a)#b()#b()#b()#b()#end#macro(b)#a()#a()#a()#a()#end#a()",
      })
  void endlessWorkStops(String template) {
    assertThatExceptionOfType(VtlException.class)
        .isThrownBy(() -> VtlTemplate.parse(template).render(Map.of(), budget()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$long.matches('(a+)+b')",
        "$long.matches('(a|a)*b')",
        "$long.matches('(a|b|ab)*c')",
        "$long.replaceAll('(.*)*x', '')",
        "$long.split('(a*)*b')",
        "$long.replaceFirst('^(([a-z])+.)+[A-Z]([a-z])+$', '')",
        "#set($l2 = $long + $long)#foreach($i in [1..1000])$l2.contains($long + 'b')#end",
        "#set($l2 = $long + $long)#foreach($i in [1..1000])$l2.contains($long)#end",
        "#foreach($i in [1..4])#set($t = $long.split(''))#end",
        "#set($m = $long + $long + $long + $long)#set($t = $m.split('(?=a)'))",
      })
  void backtrackingStops(String template) {
    assertStops(template);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#set($r = [1..2000000000])$r",
        "#set($r = [1..2000000000])$r.toString()",
        "#set($r = [1..2000000000])#set($l = [])$l.addAll($r)",
        "#set($l = [])$l.add($l)$l",
        "#set($m = {})$m.put('m', $m)$m",
        "#set($l = [])$l.add([$l])#if($l == [[$l]])#end$l",
        "#set($x = 10)#foreach($i in [1..64])#set($x = $x * $x)#end",
        "#set($x = 1.5)#foreach($i in [1..64])#set($x = $x * $x)#end#set($l = [1..2000000000])$l",
        "#foreach($i in [1..1000])$long#end",
      })
  void largeValuesStop(String template) {
    assertStops(template);
  }

  @Test
  void aTextIsNeverReadAsANumber() {
    Map<String, Object> roots = Map.of("one", "1e999999999");

    String printed =
        VtlTemplate.parse("#set($x = 0)#set($x = $one - 1)#if($one > 1)y#end$x")
            .render(roots, budget());

    assertThat(printed).isEqualTo("0");
  }

  /** As a document may have them, which keeps the digits of its numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"$n + 1", "1 - $n", "$n * 2", "$n / 3", "7 % $n"})
  void aNumberWithALargeExponentIsNotWrittenOut(String computed) {
    for (String exponent : List.of("1E+999999999", "1E+2147483648", "1E-999999999")) {
      assertThatExceptionOfType(VtlException.class)
          .isThrownBy(
              () ->
                  VtlTemplate.parse("#set($x = " + computed + ")$x")
                      .render(Map.of("n", new BigDecimal(exponent)), budget()))
          .withMessageContaining("a number grows too large");
    }
  }

  @Test
  void aNumberWithALargeExponentIsCompared() {
    Map<String, Object> roots = Map.of("n", new BigDecimal("1E+999999999"));
    String template = "#if($n > 1 && $n != 1 && $n > 1.5)$n $n.intValue() $n.longValue()#end";

    assertThat(VtlTemplate.parse(template).render(roots, budget())).isEqualTo("1E+999999999 0 0");
  }

  @Test
  void timeEnds() {
    Budget spent =
        new Budget(new ComputeTime(System.nanoTime() - 1, Carrier.UNSHARED), 1000, 1_000);
    VtlTemplate template = VtlTemplate.parse("#foreach($i in [1..1000])#end");

    assertThatExceptionOfType(VtlException.class)
        .isThrownBy(() -> template.render(Map.of(), spent))
        .withMessageContaining("too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "#if(true)", "#set($x = (", "$a.b(", "{\"a\":", "\"", "$a[", "!"})
  void deeplyNestedTemplatesAreRefusedNotCrashedOn(String opening) {
    String template = "#set($x = " + opening.repeat(60_000);

    assertThatExceptionOfType(VtlException.class).isThrownBy(() -> VtlTemplate.parse(template));
  }

  @Test
  void chainsOfDefinitionsDoNotOverflow() {
    StringBuilder template = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      template.append("#define($d").append(i).append(")$d").append(i + 1).append("#end");
    }

    assertStops(template + "$d0");
  }

  @Test
  void eachLoopGoesOnForSoManyIterationsAndNoMore() {
    Budget budget = budget(3);

    String text =
        VtlTemplate.parse(
                "#foreach($a in [1..9])#set($foreach = 0)#foreach($b in [1..4])$b#end,#end"
                    + "#foreach($c in [])#else none#end")
            .render(Map.of(), budget);

    assertThat(text).isEqualTo("123,123,123, none");
    assertThat(budget.longestLoop()).isEqualTo(3);
  }

  @Test
  void theLongestLoopIsKnown() {
    Budget budget = budget(Long.MAX_VALUE);

    VtlTemplate.parse("#foreach($a in [1..2])#foreach($b in [1..1500])#end#end")
        .render(Map.of(), budget);

    assertThat(budget.longestLoop()).isEqualTo(1_500);
  }
}
