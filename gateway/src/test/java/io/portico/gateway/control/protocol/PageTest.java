package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PageTest {
  /** Keys {@code k100} to {@code k1099}. */
  private final List<String> keys =
      new ArrayList<>(IntStream.range(1000, 2000).mapToObj(i -> "k" + i).toList());

  private List<String> list(String after, int limit) {
    return keys.stream().filter(key -> key.compareTo(after) > 0).limit(limit).toList();
  }

  private ObjectNode answer(Page page) {
    return page.answer(this::list, Function.identity(), key -> Json.object().put("id", key));
  }

  private static Page v1(Object limit, String position) {
    ObjectNode input = Json.object();
    if (limit instanceof Integer number) {
      input.put("limit", number);
    }
    if (!position.isEmpty()) {
      input.put("position", position);
    }
    return Page.v1(new Input(input));
  }

  private static Page v2(String maxResults, String nextToken) {
    return Page.v2(
        new Input(Json.object().put("MaxResults", maxResults).put("NextToken", nextToken)));
  }

  private static List<String> ids(JsonNode items) {
    List<String> ids = new ArrayList<>();
    items.forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "500, 500", "501, 500", "0, 25", "-1, 25"})
  void aV1PageHasAtMostFiveHundredItems(int limit, int items) {
    assertThat(answer(v1(limit, "")).get("item")).hasSize(items);
  }

  @Test
  void aV1PageHasTwentyFiveItemsUnlessTold() {
    assertThat(answer(v1("none", "")).get("item")).hasSize(25);
  }

  @Test
  void pagesFollowOneAnotherUntilTheListEnds() {
    List<String> seen = new ArrayList<>();
    String position = "";
    int pages = 0;
    do {
      ObjectNode answer = answer(v1(300, position));
      seen.addAll(ids(answer.get("item")));
      position = answer.has("position") ? answer.get("position").asString() : "";
      pages++;
    } while (!position.isEmpty());

    assertThat(seen).isEqualTo(keys);
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void theLastPageHasNoPosition() {
    ObjectNode answer = answer(v1(500, answer(v1(500, "")).get("position").asString()));

    assertThat(answer.get("item")).hasSize(500);
    assertThat(answer.has("position")).isFalse();
  }

  @Test
  void aListThatChangesBetweenPagesNeitherRepeatsNorSkips() {
    String position = answer(v1(2, "")).get("position").asString();
    keys.remove("k1001");
    keys.add(0, "k0999");

    assertThat(ids(answer(v1(2, position)).get("item"))).containsExactly("k1002", "k1003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a", "_____w", "k1000"})
  void aPositionThatPorticoNeverGaveIsRefused(String position) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> v1(1, position))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("BadRequestException"));
  }

  @Test
  void aV2PageIsAskedForWithTexts() {
    ObjectNode first = answer(v2("2", ""));
    ObjectNode second = answer(v2("2", first.get("nextToken").asString()));

    assertThat(ids(first.get("items"))).containsExactly("k1000", "k1001");
    assertThat(ids(second.get("items"))).containsExactly("k1002", "k1003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5", "99999999999"})
  void aV2PageOfNoSizeIsRefused(String maxResults) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> v2(maxResults, ""))
        .withMessage("Invalid MaxResults parameter");
  }
}
