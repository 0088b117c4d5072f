"""What replies of several sources share: values with their place, bars, books, contracts, settlements, futures."""
