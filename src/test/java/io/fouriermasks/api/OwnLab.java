package io.fouriermasks.api;

import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * A program of its own, with a fresh data folder: for tests that leave models and masks behind
 * which others would take for those of the samples, or that count what there is.
 */
public class OwnLab implements QuarkusTestProfile {}
