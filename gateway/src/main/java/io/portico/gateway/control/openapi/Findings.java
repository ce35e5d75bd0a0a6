package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an import finds wrong with a document. Errors refuse it, all of them in one text; warnings
 * are answered along with the API, or refuse the document where that was asked for.
 */
// AWS: the texts and their layout; source: answers that users of AWS's clients report.
public final class Findings {
  private static final int MOST = 1_000;
  private static final int LONGEST = 1_000;

  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  public void error(String text) {
    add(errors, text);
  }

  public void warning(String text) {
    add(warnings, text);
  }

  // The lists are answered: a document that is wrong everywhere must not make an answer without
  // end.
  private static void add(List<String> texts, String text) {
    if (texts.size() < MOST) {
      texts.add(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
    }
  }

  /**
   * @return the warnings
   * @throws ServiceException if there are errors, or warnings that shall refuse the document
   */
  public List<String> settle(boolean failOnWarnings) {
    if (!errors.isEmpty()) {
      String text = "Errors found during import:" + lines(errors);
      throw ServiceException.badRequest(
          warnings.isEmpty()
              ? text
              : text + "\nAdditionally, these warnings were found:" + lines(warnings));
    }
    if (failOnWarnings && !warnings.isEmpty()) {
      throw ServiceException.badRequest("Warnings found during import:" + lines(warnings));
    }
    return List.copyOf(warnings);
  }

  private static String lines(List<String> texts) {
    StringBuilder lines = new StringBuilder();
    texts.forEach(text -> lines.append("\n\t").append(text));
    return lines.toString();
  }

  /** The refusal of a document that is not understood as a whole. */
  // AWS: says no more than the first sentence; where and why follow it here, because that sentence
  // alone helps nobody. Source: issue 8191 of the AWS CLI.
  public static ServiceException invalid(String why) {
    String detail = why.length() > LONGEST ? why.substring(0, LONGEST) + "..." : why;
    return ServiceException.badRequest("Invalid OpenAPI input. " + detail);
  }
}
