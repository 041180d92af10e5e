// These tests wait for other processes most of their time: with more of them at once than there are cores, the suite takes half the
// time. None of them asserts how long anything took.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
