package io.fouriermasks.api;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A program of its own for tests that fill the database with more than there is files for. */
public class CrowdedLab implements QuarkusTestProfile {}
