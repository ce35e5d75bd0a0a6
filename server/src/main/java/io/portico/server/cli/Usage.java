package io.portico.server.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.help.TableDefinition;
import org.apache.commons.cli.help.TextHelpAppendable;
import org.apache.commons.cli.help.TextStyle;

/** The help of the command line, 80 columns wide. */
final class Usage {
  private static final int WIDTH = 80;

  private Usage() {}

  static String of(List<Verb> verbs) {
    List<List<String>> shown = new ArrayList<>();
    for (Verb verb : verbs) {
      if (verb.shown()) {
        shown.add(List.of(verb.name(), verb.description().getFirst()));
      }
    }
    List<List<String>> statuses = new ArrayList<>();
    for (ExitStatus status : ExitStatus.values()) {
      statuses.add(List.of(String.valueOf(status.code()), status.meaning()));
    }
    statuses.add(
        List.of("130, 143", "stopped by SIGINT, SIGTERM, after requests under way had ended"));
    return printed(
        page -> {
          page.printWrapped("Usage: portico VERB");
          page.printWrapped(
              "An open, self-hosted API gateway that speaks Amazon API Gateway's own APIs.");
          page.printWrapped("\nVerbs:");
          page.appendTable(table(shown));
          page.printWrapped("Exit status:");
          page.appendTable(table(statuses));
        });
  }

  static String of(Verb verb) {
    Verb.Operand operand = verb.operand();
    String words = operand == null ? "" : " " + operand.form();
    List<List<String>> rows = new ArrayList<>();
    if (operand != null) {
      rows.add(List.of(operand.form(), operand.description()));
    }
    for (Option option : verb.options()) {
      rows.add(List.of(option.form(), option.description()));
    }
    rows.add(List.of("-h, " + Verb.HELP.form(), Verb.HELP.description()));
    String page =
        printed(
            out -> {
              out.printWrapped("Usage: portico " + verb.name() + " [OPTION...]" + words);
              for (String paragraph : verb.description()) {
                out.printWrapped(paragraph);
              }
              out.appendTable(table(rows));
            });
    return verb.details().isEmpty() ? page : page + verb.details();
  }

  private static TableDefinition table(List<List<String>> rows) {
    TextStyle first = TextStyle.builder().setScalable(false).setIndent(0).setLeftPad(1).get();
    TextStyle second = TextStyle.builder().setLeftPad(2).setIndent(0).get();
    return TableDefinition.from("", List.of(first, second), List.of("", ""), rows);
  }

  /** What writes a page. */
  private interface Writing {
    void to(TextHelpAppendable page) throws IOException;
  }

  private static String printed(Writing writing) {
    StringBuilder text = new StringBuilder();
    TextHelpAppendable page = new TextHelpAppendable(text);
    page.setMaxWidth(WIDTH);
    page.setLeftPad(0);
    page.setIndent(0);
    try {
      writing.to(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The library pads every line to the width of the page.
    return text.toString().replaceAll("(?m) +$", "");
  }
}
