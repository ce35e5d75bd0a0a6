package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.PortalRecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.portals.PortalProductRecord;
import io.portico.gateway.model.portals.PortalProductRecord.DisplayOrder;
import io.portico.gateway.model.portals.PortalProductRecord.Section;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The <b>display order</b>: which pages of a product portals show, and where. */
// AWS: a page that is in no section is a draft; source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-portals-create-portal-product.html.
// That a page stands at one place only, the texts, and that a page which is deleted leaves its
// place,
// are assumed.
final class DisplayOrders {
  private DisplayOrders() {}

  /**
   * The order that a call sends.
   *
   * @throws ServiceException if it names a page that is none of the product's, or one twice
   */
  static DisplayOrder checked(Input sent, RecordReader records, PortalProductRecord product) {
    List<Section> contents =
        sent.structures("contents").stream()
            .map(
                section ->
                    new Section(
                        section.string("sectionName"),
                        strings(section, "productRestEndpointPageArns")))
            .toList();
    String overview = sent.stringOrNull("overviewPageArn");
    List<String> pages = strings(sent, "productPageArns");
    checkSections(contents);
    Set<String> known =
        records.list(PortalRecordTypes.PAGE, product.parentOfPages()).stream()
            .map(page -> PortalArn.ofPage(product, page.productPageId()))
            .collect(Collectors.toSet());
    check(pages, known, "product page");
    if (overview != null) {
      check(List.of(overview), known, "product page");
    }
    check(
        contents.stream().flatMap(each -> each.productRestEndpointPageArns().stream()).toList(),
        records.list(PortalRecordTypes.ENDPOINT_PAGE, product.parentOfPages()).stream()
            .map(page -> PortalArn.ofEndpointPage(product, page.productRestEndpointPageId()))
            .collect(Collectors.toSet()),
        "product REST endpoint page");
    return new DisplayOrder(contents, overview, pages);
  }

  private static List<String> strings(Input input, String member) {
    List<String> strings = input.stringsOrNull(member);
    return strings == null ? List.of() : strings;
  }

  private static void checkSections(List<Section> contents) {
    Set<String> names = new HashSet<>();
    for (Section section : contents) {
      if (section.sectionName().isBlank()) {
        throw ServiceException.badRequest("Section names cannot be empty");
      }
      if (!names.add(section.sectionName())) {
        throw ServiceException.badRequest(
            "The section %s is in the display order twice".formatted(section.sectionName()));
      }
    }
  }

  private static void check(List<String> arns, Set<String> known, String what) {
    Set<String> seen = new HashSet<>();
    for (String arn : arns) {
      if (!known.contains(arn)) {
        throw ServiceException.badRequest(
            "The %s %s does not exist in this portal product".formatted(what, arn));
      }
      if (!seen.add(arn)) {
        throw ServiceException.badRequest(
            "The %s %s is in the display order twice".formatted(what, arn));
      }
    }
  }

  /** Takes a page that is deleted out of the order of its product. */
  static void remove(RecordWriter records, PortalProductRecord product, String arn) {
    DisplayOrder order = product.displayOrder();
    if (order == null) {
      return;
    }
    DisplayOrder left =
        new DisplayOrder(
            order.contents() == null
                ? null
                : order.contents().stream()
                    .map(
                        section ->
                            new Section(
                                section.sectionName(),
                                without(section.productRestEndpointPageArns(), arn)))
                    .toList(),
            arn.equals(order.overviewPageArn()) ? null : order.overviewPageArn(),
            order.productPageArns() == null ? null : without(order.productPageArns(), arn));
    ObjectNode tree = RecordCodec.tree(product);
    tree.set("displayOrder", RecordCodec.tree(left));
    PortalProducts.put(records, RecordCodec.record(tree, PortalProductRecord.class));
  }

  private static List<String> without(@Nullable List<String> arns, String arn) {
    return arns == null ? List.of() : arns.stream().filter(each -> !each.equals(arn)).toList();
  }
}
