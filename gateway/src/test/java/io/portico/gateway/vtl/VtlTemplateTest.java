package io.portico.gateway.vtl;

import static io.portico.gateway.vtl.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.portico.gateway.json.PlainJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class VtlTemplateTest {

  private static Map<String, Object> json(String text) {
    return Map.of("json", Objects.requireNonNull(PlainJson.parse(text)));
  }

  @Test
  void knowsItsConstantTexts() {
    VtlTemplate template =
        VtlTemplate.parse("#set($a = 'one')$b.call('$.two', \"$c\")#if($a == \"three\")x#end");

    assertThat(template.constantTexts()).containsExactlyInAnyOrder("one", "$.two", "three");
  }

  @Test
  void printsTextVerbatim() {
    String text = "{ \"a\": \"b\\n\",\n\n   \"c\" : 1 $ 5 # x }\r\n\t";

    assertThat(render(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[$foo]|[]",
        "[$!foo]|[]",
        "[${foo}]|[]",
        "[$foo.bar.baz]|[]",
        "[$foo.bar()]|[]",
        "[$foo[0]]|[]",
        "#if($foo)yes#else no#end|yes",
        "#if(!$foo)yes#{else}no#end|no",
        "#if($foo == $bar)yes#end|yes",
        "#if($foo == '')yes#end|yes",
        "#set($x = $foo)#if($x == '')yes#end|yes",
        "#set($x = 'a')#set($x = $foo)[$x]|[]",
        "$x.length()|``",
        "#set($x = $foo)$x.length()|0",
        "#foreach($e in $foo)x#end.|.",
      })
  void aReferenceThatLeadsNowhereIsTheEmptyText(String template, String printed) {
    assertThat(render(template)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "#if(1 == 1.0)y#{else}n#end~y",
        "#if('1' == 1)y#{else}n#end~y",
        "#if('1.0' == 1)y#{else}n#end~n",
        "#if('10' > 5)y#{else}n#end~n",
        "#if(10 > 5 && 5 >= 5)y#{else}n#end~y",
        "#if('a' != 'b')y#{else}n#end~y",
        "#if('a' eq 'a')y#{else}n#end~y",
        "#if(true == 'true')y#{else}n#end~y",
        "#if([1, 2] == [1, 2])y#{else}n#end~y",
        "#if('')y#{else}n#end~y",
        "#if(0)y#{else}n#end~y",
        "#if(false || true)y#{else}n#end~y",
      })
  void comparesAsVelocityOne(String template, String printed) {
    assertThat(render(template)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "#set($x = 1 + 2)$x|3",
        "#set($x = 7 / 2)$x|3",
        "#set($x = 7 % 4)$x|3",
        "#set($x = 2 * 3.5)$x|7.0",
        "#set($x = 2147483647 + 1)$x|2147483648",
        "#set($x = 'a' + 1)$x|a1",
        "#set($x = 1 + 'a')$x|1a",
        "#set($x = 9)#set($x = '5' - 1)$x|9",
        "#set($x = 9)#set($x = 1 / 0)$x|9",
        "#set($x = -3)$x|-3",
      })
  void calculatesWithNumbersOnly(String template, String printed) {
    assertThat(render(template)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$s.length()|11",
        "$s.substring(6)|World",
        "$s.substring(0, 5)|Hello",
        "$s.toUpperCase()|HELLO WORLD",
        "$s.replace('l', 'L')|HeLLo WorLd",
        "$s.replaceAll('[aeo]', '-')|H-ll- W-rld",
        "$s.replaceFirst('l+', '1')|He1o World",
        "$s.split(' ')[1]|World",
        "$s.split(' ').size()|2",
        "$s.split('').size()|11",
        "$s.split('o', 2)[1].length()|6",
        "$s.split('l')[1].isEmpty()|true",
        "$s.split('ld').size()|1",
        "$s.split('x')[0]|Hello World",
        "$s.contains('World')|true",
        "$s.startsWith('He')|true",
        "$s.endsWith('x')|false",
        "$s.indexOf('o')|4",
        "$s.indexOf('o', 5)|7",
        "$s.lastIndexOf('o')|7",
        "$s.matches('H.*d')|true",
        "$s.charAt(4)|o",
        "$s.concat('!')|Hello World!",
        "$s.equals('Hello World')|true",
        "$s.equalsIgnoreCase('HELLO world')|true",
        "$s.isEmpty()|false",
        "$s.trim()|Hello World",
        "$s.toString()|Hello World",
      })
  void offersTheMethodsOfTexts(String template, String printed) {
    assertThat(render(template, Map.of("s", "Hello World"))).isEqualTo(printed);
  }

  @Test
  void offersTheMethodsOfMaps() {
    String template =
        """
        #set($m = {"b": 1, "a": 2})
        $m.put("c", 3)$m.keySet() $m.values() $m.get("a") $m.a $m["b"] $m.size() \
        $m.containsKey("z") $m.remove("b") $m#foreach($e in $m.entrySet()) $e.key/$e.getValue()#end""";

    assertThat(render(template))
        .isEqualTo("[a, b, c] [2, 1, 3] 2 2 1 3 false 1 {a=2, c=3} a/2 c/3");
  }

  @Test
  void printsEntriesWithWhatTheyHold() {
    String template =
        """
        #set($m = {"a": {"b": [1, 2]}})
        $m.entrySet()#foreach($e in $m.entrySet()) $e $e.toString()#end""";

    assertThat(render(template)).isEqualTo("[a={b=[1, 2]}] a={b=[1, 2]} a={b=[1, 2]}");
  }

  @Test
  void offersTheMethodsOfLists() {
    String template =
        """
        #set($l = ["x", 1, true])
        $l.size() $l.get(0) $l[1] $l[-1] $l.add("y") $l.contains("y") $l.indexOf(1) $l \
        $l.isEmpty() $l.remove(0) $l.subList(0, 2) $l.set(0, "z")$l[9]""";

    assertThat(render(template))
        .isEqualTo("3 x 1 true true true 1 [x, 1, true, y] false x [1, true] 1");
  }

  @Test
  void numbersParseTexts() {
    String template = "#set($Integer = 0)#set($x = $Integer.parseInt('41') + 1)$x $x.toString()";

    assertThat(render(template)).isEqualTo("42 42");
  }

  @Test
  void printsObjectsAsJavaAndArraysAsJson() {
    String document = "{\"foo\":[{\"nested\":\"bar\"},null,1.50],\"x\":null,\"y\":{\"z\":true}}";

    assertThat(render("$json | $json.foo | $json.y | $json.foo[0].nested", json(document)))
        .isEqualTo(
            "{foo=[{\"nested\":\"bar\"},null,1.5], x=null, y={z=true}}"
                + " | [{\"nested\":\"bar\"},null,1.5] | {z=true} | bar");
  }

  @Test
  void numbersGrowFromIntToBig() {
    assertThat(render("#set($x = 99999)#set($x = $x * $x)$x,#set($x = $x * $x)$x"))
        .isEqualTo("9999800001,99996000059999600001");
  }

  @Test
  void countsIterations() {
    String template =
        "#foreach($i in [1..3])$foreach.index$foreach.count$velocityCount$i"
            + "#if($foreach.hasNext),#end#end";

    assertThat(render(template)).isEqualTo("0111,1222,2333");
  }

  @Test
  void nestedLoopsSeeTheirParent() {
    String template =
        "#foreach($i in [1..2])#foreach($j in [1..2])$foreach.parent.count$j #end#end";

    assertThat(render(template)).isEqualTo("11 12 21 22 ");
  }

  @Test
  void breaksAndStops() {
    assertThat(render("#foreach($i in [1..9])#if($i == 3)#break#end$i#end.")).isEqualTo("12.");
    assertThat(render("a#foreach($i in [1..9])#if($i == 3)#stop#end$i#end.")).isEqualTo("a12");
  }

  @Test
  void definesBlocksAndMacros() {
    assertThat(render("#define($b)<$x>#end#set($x = 1)$b#set($x = 2)$b")).isEqualTo("<1><2>");
    assertThat(render("#macro(twice $a)$a$a#end#twice('x')")).isEqualTo("xx");
  }

  @Test
  void macrosStayInTheirTemplate() {
    render("#macro(mine)x#end#mine()");

    assertThat(render("#mine()")).isEqualTo("#mine()");
  }

  @Test
  void keepsTheWhiteSpaceThatVelocityOneKeeps() {
    String template = "{\n  #if(true)\n  \"a\": 1\n  #end\n}\n#set($x = 1)\n$x\n";

    assertThat(render(template)).isEqualTo("{\n    \"a\": 1\n  }\n1\n");
  }

  @Test
  void aNameMayHoldHyphens() {
    Map<String, Object> headers = Map.of("h", Map.of("X-Amz-Target", "t"));

    assertThat(render("$h.X-Amz-Target", headers)).isEqualTo("t");
  }

  @Test
  void stopsIteratingAfterAThousand() {
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      many.add(i);
    }

    assertThat(render("#foreach($e in $l).#end", Map.of("l", many))).hasSize(1000);
  }

  @Test
  void anAlternativeStandsInForNothing() {
    assertThat(render("${foo|'bar'}")).isEqualTo("bar");
  }

  @Test
  void textInDoubleQuotesIsFilledIn() {
    assertThat(render("#set($a = 'x')#set($b = \"<$a>\")#set($c = '<$a>')$b$c"))
        .isEqualTo("<x><$a>");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("#if(", 1),
        arguments("a\nb\n#set($x = )", 3),
        arguments("x #foreach($i in [1]) y", 1),
        arguments("a\n#end", 2),
        arguments("a\n\n  #set($x = \"#if(\")", 3),
        arguments("a\n#include('b')", 2));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhereATemplateIsBroken(String template, int line) {
    VtlException broken =
        catchThrowableOfType(VtlException.class, () -> VtlTemplate.parse(template));

    assertThat(broken.kind()).isEqualTo(VtlException.Kind.SYNTAX);
    assertThat(broken.line()).isEqualTo(line);
    assertThat(broken.column()).isPositive();
  }

  @Test
  void aFailingMethodFailsTheRendering() {
    VtlException failure =
        catchThrowableOfType(
            VtlException.class, () -> render("x\n $s.substring(9)", Map.of("s", "abc")));

    assertThat(failure.kind()).isEqualTo(VtlException.Kind.EVALUATION);
    assertThat(failure.line()).isEqualTo(2);
  }
}
