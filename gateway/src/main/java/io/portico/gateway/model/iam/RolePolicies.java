package io.portico.gateway.model.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The permissions policies of a role.
 *
 * @param inline documents of its own, by name
 * @param attached ARNs of managed policies
 */
public record RolePolicies(Map<String, String> inline, List<String> attached) {
  public static final RolePolicies NONE = new RolePolicies(Map.of(), List.of());

  /** The same with a document, new or in the place of the one of that name. */
  public RolePolicies with(String name, String document) {
    Map<String, String> documents = new TreeMap<>(inline);
    documents.put(name, document);
    return new RolePolicies(documents, attached);
  }

  /** The same without the document of a name. */
  public RolePolicies without(String name) {
    Map<String, String> documents = new TreeMap<>(inline);
    documents.remove(name);
    return new RolePolicies(documents, attached);
  }

  /** The same with a managed policy attached. */
  public RolePolicies attaching(String arn) {
    return attached.contains(arn)
        ? this
        : new RolePolicies(inline, Stream.concat(attached.stream(), Stream.of(arn)).toList());
  }

  /** The same without a managed policy. */
  public RolePolicies detaching(String arn) {
    return new RolePolicies(inline, attached.stream().filter(each -> !each.equals(arn)).toList());
  }
}
