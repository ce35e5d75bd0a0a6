package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XmlReplyTest {
  private static final String ANSWER =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><a:R xmlns:a='urn:a'><L><member>1</member>"
          + "<member><K>é</K></member></L><E><entry><key>k</key><value/></entry></E></a:R>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<R/> | {\"R\":null}",
        "<R>t</R> | {\"R\":\"t\"}",
        "<R><A>1</A><A>2</A><B/></R> | {\"R\":{\"A\":[\"1\",\"2\"],\"B\":null}}",
        "<R><L><member>1</member></L></R> | {\"R\":{\"L\":[\"1\"]}}",
        "<R><L><member><L><member>1</member></L></member></L></R>"
            + " | {\"R\":{\"L\":[{\"L\":[\"1\"]}]}}",
        "<R><A><L><member>1</member></L></A></R> | {\"R\":{\"A\":{\"L\":[\"1\"]}}}",
        "<R><entry>1</entry></R> | {\"R\":{\"entry\":\"1\"}}",
        "<R x='1'>~ <A><![CDATA[<b>]]></A> <!-- c -->~</R> | {\"R\":{\"A\":\"<b>\"}}",
        "<ErrorResponse><Error/></ErrorResponse> | {\"Error\":null}",
        "<ReceiveMessageResult><Message><Body>a</Body></Message></ReceiveMessageResult>"
            + " | {\"ReceiveMessageResult\":{\"messages\":[{\"Body\":\"a\"}]}}",
        "<R><ReceiveMessageResult/><ResponseMetadata/></R>"
            + " | {\"R\":{\"ReceiveMessageResult\":{\"messages\":null},\"ResponseMetadata\":null}}",
        "<ListQueuesResult><QueueUrl>a</QueueUrl><NextToken>b</NextToken></ListQueuesResult>"
            + " | {\"ListQueuesResult\":{\"queueUrls\":[\"a\"],\"NextToken\":\"b\"}}"
      })
  void writesTheJsonOfAnAnswer(String xml, String json) {
    assertThat(text(xml.replace('~', '\n'))).isEqualTo(json);
  }

  @Test
  void whatIsNoXmlHasNoOtherForm() {
    assertThat(text("")).isNull();
    assertThat(text("{}")).isNull();
    assertThat(text("<R>")).isNull();
    assertThat(text("<R/><R/>")).isNull();
    assertThat(text("<!DOCTYPE R [<!ENTITY e 'x'>]><R>&e;</R>")).isNull();
    assertThat(text("<R>".repeat(100) + "</R>".repeat(100))).isNull();
  }

  @Test
  void noDamageBreaksIt() {
    byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged = answer.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }

      assertThatCode(() -> XmlReply.json(damaged))
          .as("seed %d: %s", seed, new String(damaged, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  private static @Nullable String text(String xml) {
    byte[] json = XmlReply.json(xml.getBytes(StandardCharsets.UTF_8));
    return json == null ? null : new String(json, StandardCharsets.UTF_8);
  }
}
