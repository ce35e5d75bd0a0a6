package io.portico.gateway.model.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The permissions policies of a role or a user.
 *
 * @param inline documents of its own, by name
 * @param attached ARNs of managed policies
 */
public record IdentityPolicies(Map<String, String> inline, List<String> attached) {
  public static final IdentityPolicies NONE = new IdentityPolicies(Map.of(), List.of());

  /** The same with a document, new or in the place of the one of that name. */
  public IdentityPolicies with(String name, String document) {
    Map<String, String> documents = new TreeMap<>(inline);
    documents.put(name, document);
    return new IdentityPolicies(documents, attached);
  }

  /** The same without the document of a name. */
  public IdentityPolicies without(String name) {
    Map<String, String> documents = new TreeMap<>(inline);
    documents.remove(name);
    return new IdentityPolicies(documents, attached);
  }

  /** The same with a managed policy attached. */
  public IdentityPolicies attaching(String arn) {
    return attached.contains(arn)
        ? this
        : new IdentityPolicies(inline, Stream.concat(attached.stream(), Stream.of(arn)).toList());
  }

  /** The same without a managed policy. */
  public IdentityPolicies detaching(String arn) {
    return new IdentityPolicies(
        inline, attached.stream().filter(each -> !each.equals(arn)).toList());
  }
}
