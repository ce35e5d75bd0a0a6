/**
 * What a client has to know of a deployed API, in no language's terms: methods, what they take and
 * answer, and models as types with fields.
 *
 * <p>Read from a frozen definition alone; knows no operation and no generated language.
 */
@NullMarked
package io.portico.gateway.control.sdk.contract;

import org.jspecify.annotations.NullMarked;
